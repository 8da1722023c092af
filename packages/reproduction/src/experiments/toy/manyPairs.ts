import { assignByMaximum, cosineMatrix, featureAlignment } from '@svf-alignment/core';
import {
  headDecomposition,
  parameterMatrix,
  rankedTargets,
  type ToyConfig,
  type ToyParameters,
} from '@svf-alignment/toy';
import { correlation } from './correlation.ts';

/** What is measured of a model with many pairs of interest; pairs in descending order of target. */
export type ManyPairs = {
  /** |cos| of each pair with the singular vector of its rank, mean of the two sides. */
  readonly cosines: readonly number[];
  /** How many features of interest have |cos| above 0.9 with the singular vector of their rank. */
  readonly aligned: number;
  /** σ of the left singular vector that is closest to each pair's query feature. */
  readonly singularValues: readonly number[];
  /** Correlation of those with the targets: near 1 where the spectrum tells the targets apart. */
  readonly spectrumCorrelation: number;
  /** Largest |cos| of a feature of interest with any other feature. */
  readonly interference: number;
  /** Root mean square of the cosines of features of interest with all other features. */
  readonly typicalInterference: number;
};

/** Above this |cos| a feature counts as aligned. */
const ALIGNED = 0.9;

/** Measures of the claims about many pairs of interest (Fig. 1(c) and 2(b) of the paper). */
export function manyPairs(config: ToyConfig, parameters: ToyParameters): ManyPairs {
  const ranked = rankedTargets(config);
  const features = parameterMatrix(config, parameters, 'W');
  const decomposition = headDecomposition(config, parameters);
  const { left, right } = featureAlignment(features, decomposition);
  const sides = ranked.map(({ query, key }, k) => [left.get(query, k), right.get(key, k)]);
  const closest = assignByMaximum({ left, right }, ranked);
  const singularValues = closest.map(({ queryVector }) => decomposition.singularValues[queryVector ?? 0]);
  const among = cosineMatrix(features, features);
  const ofInterest = [...new Set(ranked.flatMap(({ query, key }) => [query, key]))];
  const others = ofInterest.flatMap((i) => among.getRow(i).filter((_, j) => j !== i));
  return {
    cosines: sides.map(([query, key]) => (query + key) / 2),
    aligned: sides.flat().filter((cosine) => cosine > ALIGNED).length,
    singularValues,
    spectrumCorrelation: correlation(
      singularValues,
      ranked.map(({ target }) => target),
    ),
    interference: others.reduce((most, cosine) => Math.max(most, Math.abs(cosine)), 0),
    typicalInterference: Math.sqrt(others.reduce((sum, cosine) => sum + cosine ** 2, 0) / others.length),
  };
}
