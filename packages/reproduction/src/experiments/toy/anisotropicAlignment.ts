import {
  assignByMaximum,
  cosineMatrix,
  type FeaturePair,
  featureAlignment,
  frameOperator,
  Matrix,
  meanCosine,
  type SingularValueDecomposition,
  symmetricPower,
} from '@svf-alignment/core';
import type { TargetPair } from '@svf-alignment/toy';

/** Mean |cos| over pairs and both sides, each feature with the closest of the columns, for Σ = W Wᵀ. */
export type AnisotropicAlignment = {
  /** Singular vectors as they are. */
  readonly raw: number;
  /** Anti-whitened by Σ, as Theorem 1 has it: there u ∝ Σ⁻¹ w. */
  readonly antiWhitened: number;
  /** Anti-whitened by Σ^½. */
  readonly halfAntiWhitened: number;
};

/**
 * How well features agree with the `columns` first singular vectors, raw and anti-whitened (Appendix C.3).
 *
 * @param features W [D, N], W Wᵀ positive definite
 */
export function anisotropicAlignment(
  features: Matrix,
  { U, V }: Pick<SingularValueDecomposition, 'U' | 'V'>,
  pairs: readonly FeaturePair[],
  columns: number,
): AnisotropicAlignment {
  const covariance = frameOperator(features);
  const root = symmetricPower(covariance, 0.5);
  const first = (vectors: Matrix) => vectors.subMatrix(0, vectors.rows - 1, 0, columns - 1);
  const [left, right] = [first(U), first(V)];
  const agreement = (u: Matrix, v: Matrix) =>
    meanCosine(assignByMaximum(featureAlignment(features, { U: u, V: v }), pairs));
  return {
    raw: agreement(left, right),
    antiWhitened: agreement(covariance.mmul(left), covariance.mmul(right)),
    halfAntiWhitened: agreement(root.mmul(left), root.mmul(right)),
  };
}

/**
 * The head that reproduces every target logit: Ω* = Σ⁻¹ (Σ_k T_k w_i w_jᵀ) Σ⁻¹, of rank one per pair. Exact for a
 * dictionary that is an invertible map of one in which the features of interest are orthogonal to all others.
 *
 * @param features W [D, N], W Wᵀ positive definite
 */
export function exactHead(features: Matrix, targets: readonly TargetPair[]): Matrix {
  const inverse = symmetricPower(frameOperator(features), -1);
  const column = (feature: number) => Matrix.columnVector(features.getColumn(feature));
  const sum = targets.reduce(
    (total, { query, key, target }) => total.add(column(query).mmul(column(key).transpose()).mul(target)),
    Matrix.zeros(features.rows, features.rows),
  );
  return inverse.mmul(sum).mmul(inverse);
}

/**
 * Least |cos(w, Σ⁻¹w)| over the features of the pairs: by Theorem 1 the agreement of a feature with its singular vector
 * where its pair is the only one of interest.
 *
 * @param features W [D, N], W Wᵀ positive definite
 */
export function leastAlone(features: Matrix, pairs: readonly FeaturePair[]): number {
  const inverse = symmetricPower(frameOperator(features), -1);
  const ofInterest = features.subMatrixColumn(pairs.flatMap(({ query, key }) => [query, key]));
  const cosines = cosineMatrix(ofInterest, inverse.mmul(ofInterest)).diagonal();
  return Math.min(...cosines.map(Math.abs));
}
