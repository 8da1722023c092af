import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import type { Reflections } from '../qr/applyQ.ts';
import { reflectorInto } from '../qr/reflector.ts';

/** A = Q·T·Qᵀ with T symmetric and tridiagonal. */
export interface TridiagonalForm {
  /** Q = H₁H₂⋯; reflector k starts at row k + 1. */
  readonly reflections: Reflections;
  /** [n], the diagonal of T. */
  readonly diagonal: Float64Array;
  /** [n], what stands below it; the last entry is 0. */
  readonly offDiagonal: Float64Array;
}

/** Householder's reduction (Golub and Van Loan, §8.3.1). Overwrites the symmetric `matrix`, of entries of moderate size. */
export function tridiagonalForm({ rows: order, values: a }: Columns): TridiagonalForm {
  const reflectors = zeroColumns(order, order);
  const factors = new Float64Array(order);
  const diagonal = new Float64Array(order);
  const offDiagonal = new Float64Array(order);
  const update = new Float64Array(2 * order);
  const weights = new Float64Array(2 * order);
  const y = reflectors.values;
  for (let k = 0; k < order; k += 1) {
    diagonal[k] = a[k + order * k];
    if (k === order - 1) break;
    const at = k + 1 + order * k;
    const length = order - k - 1;
    const factor = reflectorInto(a, at, length, y, at);
    offDiagonal[k] = a[at];
    factors[k] = factor;
    if (factor === 0) continue;
    // A ← HAH = A − y wᵀ − w yᵀ, with w = τAy − ½τ(τyᵀAy)·y.
    const corner = k + 1 + order * (k + 1);
    transposedProduct(a, corner, order, length, y, at, order, 1, length, update, order, order);
    for (let i = 0; i < length; i += 1) {
      update[order + i] *= factor;
      update[i] = y[at + i];
    }
    const share = (factor / 2) * dot(update, 0, update, order, length);
    for (let i = 0; i < length; i += 1) {
      update[order + i] -= share * update[i];
      weights[2 * i] = update[order + i];
      weights[2 * i + 1] = update[i];
    }
    subtractProduct(update, 0, order, 2, weights, 0, 2, length, length, a, corner, order);
  }
  return { reflections: { reflectors, factors }, diagonal, offDiagonal };
}
