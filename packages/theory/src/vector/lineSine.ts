import { addScaled, norm, unitVector, type Vector } from './vector.ts';

/**
 * sin of the angle between the lines ℝa and ℝb, in [0, 1]: the singular-vector distance of Theorem 2, to which the
 * signs of u₁ and v₁ do not matter. As ½‖â − b̂‖‖â + b̂‖ it keeps its accuracy at small angles, where
 * √(1 − cos²) loses half the digits. 1 when a vector is zero: no direction is worth nothing.
 */
export function lineSine(a: Vector, b: Vector): number {
  const first = unitVector(a);
  const second = unitVector(b);
  if (first === undefined || second === undefined) return 1;
  return Math.min(1, (norm(addScaled(first, -1, second)) * norm(addScaled(first, 1, second))) / 2);
}
