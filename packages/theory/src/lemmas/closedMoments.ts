import { Matrix } from '@svf-alignment/core';
import { type FeatureList, featureMatrix, frameOf } from '../linear/features.ts';

/** 2p(1 − p)Σ: the second moment of the difference of two keys (Lemma 3). [D, D] */
export function pairDifferenceMoment(features: FeatureList, probability: number): Matrix {
  return frameOf(features).mul(2 * probability * (1 - probability));
}

/** 2(m − 1)p(1 − p)Σ = E[DDᵀ] with D = [k_2 − k_1, …, k_m − k_1] (Lemma 3). [D, D] */
export function differenceMoment(features: FeatureList, probability: number, keys: number): Matrix {
  return pairDifferenceMoment(features, probability).mul(keys - 1);
}

/** p(1 − p)Σ + p²ssᵀ = E[qqᵀ] with s the sum of all features. [D, D] */
export function tokenMoment(features: FeatureList, probability: number): Matrix {
  const sum = featureMatrix(features).mmul(Matrix.ones(features.length, 1));
  return frameOf(features)
    .mul(probability * (1 - probability))
    .add(sum.mmul(sum.transpose()).mul(probability ** 2));
}
