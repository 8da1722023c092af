import { randomStream } from '@svf-alignment/core';
import { minimizeOnSpheres, type SphereMinimum } from '../optimization/minimizeOnSpheres.ts';
import { randomUnitVector } from '../optimization/randomUnitVector.ts';
import type { Theorem3Instance } from './instance.ts';
import { theorem3Objective } from './objective.ts';

export interface GlobalMinimumOptions {
  /** Random pairs to start from, each with both signs of both vectors: four starts. Default 3. */
  readonly pairs?: number;
  /** Steps from each start. Default 200, which is never needed. */
  readonly maximumIterations?: number;
}

const SIGNS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];

/**
 * The lowest local minimum of J over unit vectors [q₂, k₂] that a second-order search finds from random starts. The
 * starts know nothing of orthogonal points, so that the bound of Theorem 3 tests the result and does not cause it.
 */
export function theorem3GlobalMinimum(
  instance: Theorem3Instance,
  options: GlobalMinimumOptions = {},
): SphereMinimum {
  const { pairs = 3, maximumIterations = 200 } = options;
  const { dimension, seed } = instance;
  const objective = theorem3Objective(instance);
  const random = randomStream(seed, 'theorem3/starts');
  const starts = Array.from({ length: pairs }, () => [
    randomUnitVector(dimension, random),
    randomUnitVector(dimension, random),
  ]).flatMap((pair) =>
    // Minima differ by signs above all, since the gaps are bilinear: so every start has its three reflections.
    SIGNS.map((signs) => pair.map((vector, side) => vector.map((value) => signs[side] * value))),
  );
  return starts
    .map((start) => minimizeOnSpheres(objective, start, { maximumIterations }))
    .reduce((best, found) => (found.value < best.value ? found : best));
}
