import { frameOperator, Matrix, pseudoinverse, symmetricEigen } from '@svf-alignment/core';

/** Features of one side as a case holds them: one array of D coordinates per feature. */
export type FeatureList = readonly (readonly number[])[];

/** [D, N], one feature per column: the orientation of the core package. */
export function featureMatrix(features: FeatureList): Matrix {
  return new Matrix(features.map((feature) => [...feature])).transpose();
}

/** Σ = Σ_i w_i w_iᵀ [D, D]. */
export function frameOf(features: FeatureList): Matrix {
  return frameOperator(featureMatrix(features));
}

/** Smallest and largest eigenvalue of a symmetric matrix. */
export function spectrumEnds(symmetric: Matrix): { readonly smallest: number; readonly largest: number } {
  const { values } = symmetricEigen(symmetric);
  return { smallest: values[values.length - 1], largest: values[0] };
}

/** λ_min/λ_max of the frame operator: 1 for a tight frame, 0 (or rounding) where the features do not span. */
export function reciprocalCondition(features: FeatureList): number {
  const { smallest, largest } = spectrumEnds(frameOf(features));
  return largest > 0 ? Math.max(smallest, 0) / largest : 0;
}

/** Σ⁺w for the feature of this index: Σ⁻¹w where Σ is invertible. */
export function whitened(features: FeatureList, index = 0): number[] {
  return pseudoinverse(frameOf(features))
    .mmul(Matrix.columnVector([...features[index]]))
    .to1DArray();
}
