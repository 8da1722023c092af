import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { rotateColumns } from '../matrix/rotateColumns.ts';

/** Iterations per eigenvalue, as in EISPACK; two are usual. */
const MAXIMUM_ITERATIONS = 30;

/**
 * Eigenvectors of a symmetric tridiagonal matrix by the implicit QL method (Dubrulle, Martin and Wilkinson 1968),
 * orthonormal, in no order. Overwrites its arguments. Should an eigenvalue not settle, the rest is left as it is: what is
 * returned is orthonormal all the same, and only a start for a Jacobi iteration.
 *
 * @param diagonal [n]; becomes the eigenvalues.
 * @param offDiagonal [n], the last entry 0.
 */
export function tridiagonalEigenvectors(diagonal: Float64Array, offDiagonal: Float64Array): Columns {
  const order = diagonal.length;
  const vectors = zeroColumns(order, order);
  for (let k = 0; k < order; k += 1) vectors.values[k + order * k] = 1;
  const d = diagonal;
  const e = offDiagonal;
  for (let first = 0; first < order; first += 1) {
    for (let iteration = 0; ; iteration += 1) {
      let last = first;
      while (
        last < order - 1 &&
        Math.abs(e[last]) > Number.EPSILON * (Math.abs(d[last]) + Math.abs(d[last + 1]))
      ) {
        last += 1;
      }
      if (last === first) break;
      if (iteration === MAXIMUM_ITERATIONS) return vectors;
      qlStep(d, e, first, last, vectors);
    }
  }
  return vectors;
}

/** One step with Wilkinson's shift on the block `first` … `last`, chased upwards. */
function qlStep(d: Float64Array, e: Float64Array, first: number, last: number, vectors: Columns): void {
  const half = (d[first + 1] - d[first]) / (2 * e[first]);
  const root = Math.sqrt(half * half + 1);
  let g = d[last] - d[first] + e[first] / (half + (half < 0 ? -root : root));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = last - 1; i >= first; i -= 1) {
    const f = s * e[i];
    const b = c * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block has split on the way.
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    const t = (d[i] - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    rotateColumns(vectors.values, vectors.rows * i, vectors.rows * (i + 1), vectors.rows, c, s);
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}
