import type { SphereMinimum } from '../optimization/minimizeOnSpheres.ts';
import { cached } from '../statement/cached.ts';
import { comparisonPoints } from './comparisonPoints.ts';
import { theorem3GlobalMinimum } from './globalMinimum.ts';
import { theorem3Objective } from './objective.ts';
import { FULL_SEARCH, type Theorem3Case } from './theorem3Case.ts';

export interface Theorem3Analysis {
  /** The supposed global minimiser x* of J. */
  readonly minimum: SphereMinimum;
  /** Lowest value of J that a full search finds. */
  readonly lowestValue: number;
  readonly crossEntropy: number;
  /** R(x*). */
  readonly interference: number;
  /** Least CE of the comparison points, and their largest R. */
  readonly comparisonCrossEntropy: number;
  readonly comparisonInterference: number;
}

const COMPARISONS = 64;

/** What the hypotheses and conclusions of Theorem 3 need to know of a case; computed once. */
export const analyseTheorem3 = cached((instance: Theorem3Case): Theorem3Analysis => {
  const objective = theorem3Objective(instance);
  const minimum = theorem3GlobalMinimum(instance, { maximumIterations: instance.searchSteps });
  const complete = instance.searchSteps === FULL_SEARCH;
  const points =
    instance.comparison === 'orthogonal'
      ? comparisonPoints(instance, COMPARISONS)
      : [theorem3GlobalMinimum({ ...instance, rho: 0 }).point];
  return {
    minimum,
    lowestValue: complete ? minimum.value : theorem3GlobalMinimum(instance).value,
    crossEntropy: objective.crossEntropy(minimum.point),
    interference: objective.interference(minimum.point),
    comparisonCrossEntropy: Math.min(...points.map(objective.crossEntropy)),
    comparisonInterference: Math.max(...points.map(objective.interference)),
  };
});
