import { Matrix, pseudoinverse, svd } from '@svf-alignment/core';
import { norm, outer, sineBetween } from '../linear/vectors.ts';
import { cached } from '../statement/cached.ts';
import { type SideOperator, sideOperator, type Theorem2Side } from './side.ts';

/** A case of Theorem 2: both sides, the ε claimed for them and the teacher's scale τ. */
export interface Theorem2Case {
  readonly query: Theorem2Side;
  readonly key: Theorem2Side;
  readonly epsilon: number;
  /** τ > 0. */
  readonly tau: number;
}

export interface Theorem2Analysis {
  /** max(‖E_Q‖, ‖E_K‖). */
  readonly deviation: number;
  /** The largest of |‖q₁‖ − 1| and |‖k₁‖ − 1|. */
  readonly lengthError: number;
  /** ‖Δ‖ in M* = τ/(α_Q α_K) (q₁k₁ᵀ + Δ). */
  readonly perturbation: number;
  /** The larger of the sines of ∠(u₁, q₁) and ∠(v₁, k₁), from the SVD of M*. */
  readonly sine: number;
  /** The larger of the angles between q₁ and Σ_Q⁻¹q₁, and between k₁ and Σ_K⁻¹k₁, in [0, π]: here the sign counts. */
  readonly angle: number;
}

/**
 * Measures what Theorem 2 speaks of: forms M* = τ Σ_Q⁻¹ q₁ k₁ᵀ Σ_K⁻¹ and decomposes it. Computed once for each case.
 *
 * @throws SvfError those of `svd`.
 */
export const analyseTheorem2 = cached((instance: Theorem2Case): Theorem2Analysis => {
  const query = sideOperator(instance.query);
  const key = sideOperator(instance.key);
  const left = inverseImage(query);
  const right = inverseImage(key);
  const minimiser = new Matrix(outer(left, right)).mul(instance.tau);
  const { U, V } = svd(minimiser);
  const scale = (instance.query.alpha * instance.key.alpha) / instance.tau;
  const pair = new Matrix(outer([...query.feature], [...key.feature]));
  return {
    deviation: Math.max(svd(query.error).singularValues[0], svd(key.error).singularValues[0]),
    lengthError: Math.max(Math.abs(norm(query.feature) - 1), Math.abs(norm(key.feature) - 1)),
    perturbation: svd(Matrix.sub(Matrix.mul(minimiser, scale), pair)).singularValues[0],
    sine: Math.max(sineBetween(U.getColumn(0), query.feature), sineBetween(V.getColumn(0), key.feature)),
    angle: Math.max(angleBetween(left, query.feature), angleBetween(right, key.feature)),
  };
});

function inverseImage({ sigma, feature }: SideOperator): number[] {
  return pseudoinverse(sigma)
    .mmul(Matrix.columnVector([...feature]))
    .to1DArray();
}

/** In [0, π], accurate at both ends. */
function angleBetween(a: readonly number[], b: readonly number[]): number {
  const along = a.reduce((sum, value, i) => sum + value * b[i], 0);
  return Math.atan2(sineBetween(a, b) * norm(a) * norm(b), along);
}
