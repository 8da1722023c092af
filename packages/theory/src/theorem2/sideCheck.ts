import { type AbstractMatrix, frameOperator, symmetricEigen } from '@svf-alignment/core';
import { unitVector } from '../linear/unitVector.ts';
import { dot, norm, sineBetween } from '../linear/vectors.ts';

/** The features of one side, as Theorem 2 sees them. */
export interface SideCheck {
  /** D, and the number of features. */
  readonly dimension: number;
  readonly features: number;
  /** Of Σ = Σ_i w_i w_iᵀ: eigenvalues above rounding. */
  readonly rank: number;
  /** κ of Σ on the span of the features. */
  readonly condition: number;
  /** The α that makes ε smallest, the middle of the spectrum on the span; and that ε = (κ − 1)/(κ + 1) < 1. */
  readonly alpha: number;
  readonly epsilon: number;
  /** ‖Σ/α − I‖ with α the mean eigenvalue in the whole space, as the paper measures real models: it may exceed 1. */
  readonly epsilonAtMean: number;
  /** The largest |‖w_i‖ − 1|. */
  readonly lengthError: number;
  /** sin ∠(q₁, Σ⁺q₁): the singular vector of the minimiser against the feature. */
  readonly sine: number;
}

export interface MeasuredSide {
  readonly check: SideCheck;
  /** The feature of interest, and the minimiser's singular vector Σ⁺q₁, both of length one. */
  readonly feature: readonly number[];
  readonly singularVector: readonly number[];
}

/**
 * @param features [D, N], finite; column `index` is not zero.
 * @throws SvfError those of `frameOperator` and `symmetricEigen`.
 */
export function measureSide(features: AbstractMatrix, index: number): MeasuredSide {
  const { values, vectors } = symmetricEigen(frameOperator(features));
  const dimension = values.length;
  const rounding = dimension * Number.EPSILON * values[0];
  const rank = values.filter((value) => value > rounding).length;
  const feature = unitVector(features.getColumn(index)) ?? [];
  const image = new Array<number>(dimension).fill(0);
  for (let k = 0; k < rank; k += 1) {
    const vector = vectors.getColumn(k);
    const share = dot(vector, feature) / values[k];
    for (let i = 0; i < dimension; i += 1) image[i] += share * vector[i];
  }
  const [largest, smallest] = [values[0], values[rank - 1]];
  const mean = values.reduce((sum, value) => sum + value / dimension, 0);
  const singularVector = unitVector(image) ?? feature;
  let lengthError = 0;
  for (let k = 0; k < features.columns; k += 1) {
    lengthError = Math.max(lengthError, Math.abs(norm(features.getColumn(k)) - 1));
  }
  return {
    check: {
      dimension,
      features: features.columns,
      rank,
      condition: largest / smallest,
      alpha: (largest + smallest) / 2,
      epsilon: (largest - smallest) / (largest + smallest),
      epsilonAtMean: Math.max(largest / mean - 1, 1 - values[dimension - 1] / mean),
      lengthError,
      sine: sineBetween(singularVector, feature),
    },
    feature,
    singularVector,
  };
}
