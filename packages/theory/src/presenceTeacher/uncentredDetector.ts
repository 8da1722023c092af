import { Matrix, pseudoinverse } from '@svf-alignment/core';
import { tokenMoment } from '../lemmas/closedMoments.ts';
import type { FeatureList } from '../linear/features.ts';
import { featureMatrix } from '../linear/features.ts';

/**
 * E[qqᵀ]⁻¹ E[q·1{1 ∈ S}]: the regression of the presence of the first feature on the token, without centring. The
 * second factor is p q_1 + p² Σ_{i>1} q_i.
 */
export function uncentredDetector(features: FeatureList, probability: number): number[] {
  const weights = features.map((_, i) => (i === 0 ? probability : probability ** 2));
  const moment = featureMatrix(features).mmul(Matrix.columnVector(weights));
  return pseudoinverse(tokenMoment(features, probability)).mmul(moment).to1DArray();
}
