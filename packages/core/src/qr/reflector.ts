import { dot } from '../matrix/dot.ts';

/** Squares of norms below this are taken as zero: the entries are 1e-140 of the matrix, and their squares lose digits. */
export const NEGLIGIBLE_SQUARE = 1e-280;

/**
 * The reflection H = I − τyyᵀ that maps x = values[at …] to (β, 0, …, 0): writes y (first entry 1) to `y` at
 * `yAt`, β and zeros to `values`, and returns τ. A negligible x is set to zero and gives τ = 0 and y = 0.
 */
export function reflectorInto(
  values: Float64Array,
  at: number,
  length: number,
  y: Float64Array,
  yAt: number,
): number {
  const alpha = values[at];
  const square = dot(values, at + 1, values, at + 1, length - 1);
  if (square < NEGLIGIBLE_SQUARE) {
    values.fill(0, at + 1, at + length);
    if (alpha * alpha < NEGLIGIBLE_SQUARE) values[at] = 0;
    return 0;
  }
  const norm = Math.sqrt(alpha * alpha + square);
  const beta = alpha < 0 ? norm : -norm;
  const pivot = alpha - beta;
  y[yAt] = 1;
  for (let i = 1; i < length; i += 1) y[yAt + i] = values[at + i] / pivot;
  values[at] = beta;
  values.fill(0, at + 1, at + length);
  return -pivot / beta;
}
