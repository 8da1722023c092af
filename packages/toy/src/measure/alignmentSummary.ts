import {
  assignByMaximum,
  assignByOrder,
  assignOneToOne,
  featureAlignment,
  meanCosine,
} from '@svf-alignment/core';
import type { TargetPair, ToyConfig } from '../config/toyConfig.ts';
import type { ToyParameters } from '../model/toyParameters.ts';
import { headDecomposition, parameterMatrix } from './headDecomposition.ts';

/** How well one pair of interest agrees with the singular vectors of its rank. */
export type PairAlignment = TargetPair & {
  /** k, the rank of the pair's target, 0 for the largest; null if the head has no k-th singular vector. */
  readonly singularVector: number | null;
  /** |cos(w_query, u_k)|; 0 without a vector. */
  readonly queryCosine: number;
  /** |cos(w_key, v_k)|; 0 without a vector. */
  readonly keyCosine: number;
};

/** Alignment of features and singular vectors; the means are over pairs and both sides, null without pairs. */
export type AlignmentSummary = {
  /** With singular vector k for the pair of rank k. */
  readonly mean: number | null;
  /** With the best singular vector on each side. */
  readonly meanMax: number | null;
  /** With the best one-to-one assignment of pairs to singular vectors. */
  readonly meanMatched: number | null;
  /** In descending order of target. */
  readonly pairs: readonly PairAlignment[];
};

/** The pairs of interest in descending order of target; of equal targets the one listed first. */
export function rankedTargets(config: Pick<ToyConfig, 'targets'>): TargetPair[] {
  return [...config.targets].sort((a, b) => b.target - a.target);
}

/** The alignment of a model's features with the singular vectors of its head (paper, Appendix A.2). */
export function alignmentSummary(config: ToyConfig, parameters: ToyParameters): AlignmentSummary {
  const ranked = rankedTargets(config);
  if (ranked.length === 0) return { mean: null, meanMax: null, meanMatched: null, pairs: [] };
  const features = parameterMatrix(config, parameters, 'W');
  const alignment = featureAlignment(features, headDecomposition(config, parameters));
  const ordered = assignByOrder(alignment, ranked);
  return {
    mean: meanCosine(ordered),
    meanMax: meanCosine(assignByMaximum(alignment, ranked)),
    meanMatched: meanCosine(assignOneToOne(alignment, ranked)),
    pairs: ordered.map(({ queryVector, queryCosine, keyCosine }, rank) => ({
      ...ranked[rank],
      singularVector: queryVector,
      queryCosine,
      keyCosine,
    })),
  };
}
