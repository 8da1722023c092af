import type { ToyParameters } from '../../../src/model/toyParameters.ts';

/**
 * Magnitudes below which a difference is measured against these instead: softmax ℓ − softmax t, a difference of
 * numbers near 1, is known to about 1e-7, however small it is.
 */
const SMALLEST = { W: 1e-4, b: 1e-4, A: 0.02, B: 0.02 } as const;

/** Largest difference over the largest magnitude. */
export function relativeDistance(
  found: ToyParameters,
  wanted: ToyParameters,
  name: keyof ToyParameters,
): number {
  const largest = wanted[name].reduce((most, x) => Math.max(most, Math.abs(x)), SMALLEST[name]);
  return wanted[name].reduce((most, x, i) => Math.max(most, Math.abs(x - found[name][i])), 0) / largest;
}
