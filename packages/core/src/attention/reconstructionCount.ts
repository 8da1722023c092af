import { SvfError } from '../error.ts';
import { nonFiniteAt } from './relativeAttention.ts';

/** Share of the relative attention that rounding may leave out. */
const ROUNDING = 1e-9;

/**
 * The size of the smallest set of terms whose sum reaches the relative attention: terms in descending order, the
 * first n with a cumulative sum ≥ RA − 10⁻⁹·|RA|.
 *
 * @param terms t_k, signed.
 * @param relativeAttention RA; by default the sum of the terms.
 * @returns n in [1, K], or null when RA ≤ 0.
 * @throws SvfError `non-finite-entry` with path [k]; `relative-attention-mismatch` when no set of terms reaches RA.
 */
export function reconstructionCount(terms: ArrayLike<number>, relativeAttention?: number): number | null {
  const descending = Float64Array.from(terms).sort().reverse();
  for (let k = 0; k < terms.length; k += 1) {
    if (!Number.isFinite(terms[k])) throw nonFiniteAt('term', [k], terms[k]);
  }
  const total = relativeAttention ?? descending.reduce((sum, term) => sum + term, 0);
  if (!Number.isFinite(total)) throw nonFiniteAt('relative attention', [], total);
  if (total <= 0) return null;
  let sum = 0;
  for (const [k, term] of descending.entries()) {
    sum += term;
    if (sum >= total - ROUNDING * total) return k + 1;
  }
  throw new SvfError('No set of these terms adds up to the relative attention.', {
    code: 'relative-attention-mismatch',
    expected: `a relative attention that the terms reach, at most ${sum}`,
    received: String(total),
    remedy: 'Pass the terms and the relative attention of the same destination and source.',
  });
}
