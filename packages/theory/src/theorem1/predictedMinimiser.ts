import { Matrix } from '@svf-alignment/core';
import { type FeatureList, whitened } from '../linear/features.ts';

/**
 * M* = τ Σ_Q⁻¹ q_1 k_1ᵀ Σ_K⁻¹ (Theorem 1), with pseudoinverses where Σ is singular. [D, D]
 *
 * @param scale τ
 */
export function predictedMinimiser(
  queryFeatures: FeatureList,
  keyFeatures: FeatureList,
  scale: number,
): Matrix {
  return Matrix.columnVector(whitened(queryFeatures))
    .mmul(Matrix.rowVector(whitened(keyFeatures)))
    .mul(scale);
}
