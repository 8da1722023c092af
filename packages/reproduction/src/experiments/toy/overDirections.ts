import { type MeanAndDeviation, meanAndDeviation } from './meanAndDeviation.ts';
import type { AnisotropyMeasures } from './trainAnisotropic.ts';

/** Heads trained along several random directions, each at the same δ: [direction][δ]. */
export type ByDirection = readonly (readonly AnisotropyMeasures[])[];
export type Quantity = (measures: AnisotropyMeasures) => number;
/** A quantity at one δ, over directions. */
export type Spread = MeanAndDeviation & { readonly delta: number };

/** Raw alignment with the best of all singular vectors, as the paper measures it. */
export const rawOfAll: Quantity = ({ all }) => all.raw;
/** Raw alignment with the best of the singular vectors that carry the targets. */
export const rawOfLeading: Quantity = ({ leading }) => leading.raw;
/** The same anti-whitened by Σ. */
export const antiWhitened: Quantity = ({ leading }) => leading.antiWhitened;

/** Mean and standard deviation of a quantity over directions, for each δ. */
export function overDirections(byDirection: ByDirection, quantity: Quantity): Spread[] {
  return byDirection[0].map(({ deviation }, i) => ({
    delta: deviation,
    ...meanAndDeviation(byDirection.map((row) => quantity(row[i]))),
  }));
}

/** Where the mean is least in comparison with a bound, and by how much it lies above it there. */
export function leastMargin(
  spreads: readonly Spread[],
  bound: (delta: number) => number = () => 0,
): { readonly delta: number; readonly margin: number } {
  const margins = spreads.map(({ delta, mean }) => ({ delta, margin: mean - bound(delta) }));
  return margins.reduce((low, margin) => (margin.margin < low.margin ? margin : low));
}
