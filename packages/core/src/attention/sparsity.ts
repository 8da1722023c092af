import { nonFiniteAt } from './relativeAttention.ts';

/**
 * Sparsity of a set of terms (Treves and Rolls 1991; Rolls and Tovee 1995): a = (mean |t_k|)² / mean t_k², from 1/K when one
 * term is non-zero to 1 when all are equal in size. Lower is sparser. It does not depend on the unit of the terms.
 *
 * @returns a in [1/K, 1], or null when there is no non-zero term and so nothing to measure.
 * @throws SvfError `non-finite-entry` with path [k].
 */
export function sparsity(terms: ArrayLike<number>): number | null {
  let largest = 0;
  for (let k = 0; k < terms.length; k += 1) {
    if (!Number.isFinite(terms[k])) throw nonFiniteAt('term', [k], terms[k]);
    largest = Math.max(largest, Math.abs(terms[k]));
  }
  if (largest === 0) return null;
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < terms.length; k += 1) {
    const size = Math.abs(terms[k]) / largest;
    sum += size;
    squares += size * size;
  }
  return Math.min(1, (sum * sum) / (terms.length * squares));
}
