import type { Columns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';

/**
 * Fills the columns whose singular value is zero (the last ones) so that all columns are orthonormal: each time the
 * unit vector that is furthest from the span so far, made orthogonal to it twice (Kahan: twice is enough).
 */
export function completeBasis(basis: Columns, singularValues: Float64Array): void {
  const { rows, columns, values } = basis;
  let known = columns;
  while (known > 0 && singularValues[known - 1] === 0) known -= 1;
  for (let k = known; k < columns; k += 1) {
    const at = rows * k;
    values.fill(0, at, at + rows);
    values[at + leastCovered(basis, k)] = 1;
    for (let pass = 0; pass < 2; pass += 1) {
      for (let j = 0; j < k; j += 1) {
        const share = dot(values, rows * j, values, at, rows);
        for (let i = 0; i < rows; i += 1) values[at + i] -= share * values[rows * j + i];
      }
      const norm = Math.sqrt(dot(values, at, values, at, rows));
      for (let i = 0; i < rows; i += 1) values[at + i] /= norm;
    }
  }
}

/** The coordinate of which the first `count` orthonormal columns hold least. */
function leastCovered({ rows, values }: Columns, count: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows; i += 1) {
    let covered = 0;
    for (let j = 0; j < count; j += 1) covered += values[i + rows * j] * values[i + rows * j];
    if (covered < least) {
      least = covered;
      best = i;
    }
  }
  return best;
}
