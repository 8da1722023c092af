import { type RandomStream, randomStream } from '@svf-alignment/core';
import { addScaled, unitVector, type Vector } from '../linear/unitVector.ts';
import { dot } from '../linear/vectors.ts';
import { randomUnitVector } from '../optimization/randomUnitVector.ts';
import { type Theorem3Instance, theorem3Frame } from './instance.ts';
import { nearestOrthogonalGap } from './orthogonalMinimiser.ts';

/**
 * Points x' = [q₂, k₂] with R(x') = 0 for the bound of Theorem 3: random ones, and as the first the one of least CE
 * among them (for aligned features).
 */
export function comparisonPoints(instance: Theorem3Instance, count: number): (readonly Vector[])[] {
  const { q1, k1, q1Normal, k1Normal } = theorem3Frame(instance);
  const random = randomStream(instance.seed, 'theorem3/comparisons');
  const points: (readonly Vector[])[] = [bestOrthogonalPoint(instance)];
  while (points.length < count) {
    points.push([orthogonalTo(q1, random) ?? q1Normal, orthogonalTo(k1, random) ?? k1Normal]);
  }
  return points;
}

/** Least CE under R = 0: d₁ = σ₁ whatever k₂ is, and d₂ = σ₂(u₂·q₂)(v₂·k₂) as near to g₂ as it can be. */
function bestOrthogonalPoint(instance: Theorem3Instance): readonly Vector[] {
  const { q1Normal, k1Normal, v3 } = theorem3Frame(instance);
  const share = nearestOrthogonalGap(instance) / instance.sigma2;
  const rest = Math.sqrt(Math.max(0, 1 - share * share));
  return [q1Normal, k1Normal.map((value, i) => share * value + (v3 === undefined ? 0 : rest * v3[i]))];
}

function orthogonalTo(normal: Vector, random: RandomStream): number[] | undefined {
  const draw = randomUnitVector(normal.length, random);
  const once = unitVector(addScaled(draw, -dot(draw, normal), normal));
  // A second time, for orthogonality to rounding also where the draw lay close to the normal.
  return once === undefined ? undefined : unitVector(addScaled(once, -dot(once, normal), normal));
}
