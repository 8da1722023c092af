import { assignByMaximum, featureAlignment } from '@svf-alignment/core';
import {
  headDecomposition,
  parameterMatrix,
  rankedTargets,
  type ToyConfig,
  type ToyParameters,
} from '@svf-alignment/toy';

/** Which singular vectors the pairs of interest use; pairs in descending order of target. */
export type SharedVectors = {
  /** Index of the singular vector that is closest to each pair's query feature. */
  readonly query: readonly number[];
  /** The same of the key features. */
  readonly key: readonly number[];
  /** |cos| of each pair with those, the lesser of the two sides. */
  readonly cosines: readonly number[];
};

/** How pairs of interest share the singular vectors of a head that has no more than H of them (Appendix E). */
export function sharedVectors(config: ToyConfig, parameters: ToyParameters): SharedVectors {
  const features = parameterMatrix(config, parameters, 'W');
  const alignment = featureAlignment(features, headDecomposition(config, parameters));
  const closest = assignByMaximum(alignment, rankedTargets(config));
  return {
    query: closest.map(({ queryVector }) => queryVector ?? 0),
    key: closest.map(({ keyVector }) => keyVector ?? 0),
    cosines: closest.map(({ queryCosine, keyCosine }) => Math.min(queryCosine, keyCosine)),
  };
}

/**
 * Whether each of the first `pairs` pairs has a singular vector to itself among them, the same one on both sides, in
 * whatever order.
 */
export function oneToOne({ query, key }: SharedVectors, pairs: number): boolean {
  const taken = new Set(query.slice(0, pairs));
  return taken.size === pairs && query.slice(0, pairs).every((vector, k) => vector === key[k]);
}

/** Whether all pairs after the first `first` have both features closest to singular vector `first`. */
export function restOnOne({ query, key }: SharedVectors, first: number): boolean {
  return [...query.slice(first), ...key.slice(first)].every((vector) => vector === first);
}
