import { assignByMaximum, assignByOrder, featureAlignment } from '@svf-alignment/core';
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
  /** For each singular vector, the lesser |cos| of the two features of the pair of its rank. */
  readonly own: readonly number[];
};

/** How pairs of interest share the singular vectors of a head that has no more than H of them (Appendix E). */
export function sharedVectors(config: ToyConfig, parameters: ToyParameters): SharedVectors {
  const ranked = rankedTargets(config);
  const features = parameterMatrix(config, parameters, 'W');
  const alignment = featureAlignment(features, headDecomposition(config, parameters));
  const closest = assignByMaximum(alignment, ranked);
  const ordered = assignByOrder(alignment, ranked).slice(0, config.headDimension);
  return {
    query: closest.map(({ queryVector }) => queryVector ?? 0),
    key: closest.map(({ keyVector }) => keyVector ?? 0),
    own: ordered.map(({ queryCosine, keyCosine }) => Math.min(queryCosine, keyCosine)),
  };
}

/** Whether all pairs beyond the first `headDimension − 1` have both features closest to the last singular vector. */
export function lastIsShared({ query, key, own }: SharedVectors): boolean {
  const last = own.length - 1;
  return [...query.slice(last), ...key.slice(last)].every((vector) => vector === last);
}
