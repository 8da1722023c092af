import { norm } from './vectors.ts';

/** A vector as plain data, so that counterexamples print and parse. */
export type Vector = readonly number[];

/** x + factor · y. */
export function addScaled(x: Vector, factor: number, y: Vector): number[] {
  return x.map((value, i) => value + factor * y[i]);
}

/** a/‖a‖; `undefined` for a vector that is zero or not finite. */
export function unitVector(a: Vector): number[] | undefined {
  const size = a.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return undefined;
  // Scaled first, so that squares neither underflow nor overflow.
  const scaled = a.map((value) => value / size);
  const length = norm(scaled);
  return scaled.map((value) => value / length);
}
