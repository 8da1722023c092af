import { Matrix, qkSvd, type SingularValueDecomposition, SvfError, svd } from '@svf-alignment/core';
import { outer, sineBetween } from '../linear/vectors.ts';
import type { MeasuredSide } from './sideCheck.ts';
import type { HeadWeights } from './theorem2Input.ts';

/** A trained head against Theorem 2. */
export interface HeadCheck {
  /** σ₁ and σ₂ of Ω; σ₂ = 0 for a head of dimension one. */
  readonly singularValues: readonly [number, number];
  /** Sines of ∠(u₁, q₁) and ∠(v₁, k₁), u₁ and v₁ the top singular vectors of Ω. */
  readonly querySine: number;
  readonly keySine: number;
  /** Whether the head raises attention from q₁ to k₁, (u₁·q₁)(v₁·k₁) > 0, as the minimiser does. */
  readonly aligned: boolean;
  /**
   * ‖Ω − tûv̂ᵀ‖/σ₁, with û, v̂ the minimiser's singular vectors and t = ûᵀΩv̂: how far the head is from a multiple of
   * the minimiser. It bounds the sines of ∠(u₁, û) and ∠(v₁, v̂).
   */
  readonly misfit: number;
  /** arcsin ε and arcsin(misfit) added, as a sine, for each side: what Theorem 2 leaves for a head off the minimiser. */
  readonly queryBound: number;
  readonly keyBound: number;
  /** The sines keep to these bounds. */
  readonly holds: boolean;
}

const ROUNDING = 1e-9;

/** @throws SvfError `zero-head`; those of `svd` and `qkSvd`. */
export function measureHead(weights: HeadWeights, query: MeasuredSide, key: MeasuredSide): HeadCheck {
  const decomposition = weights.omega === undefined ? qkSvd(weights.query, weights.key) : svd(weights.omega);
  const { U, V, singularValues } = decomposition;
  const largest = singularValues[0] ?? 0;
  if (!(largest > 0)) {
    throw new SvfError('The head is zero: it has no singular vectors.', {
      code: 'zero-head',
      path: [weights.omega === undefined ? 'queryWeights' : 'omega'],
      expected: 'an Ω that is not zero',
      received: `largest singular value ${largest}`,
      remedy: 'Check that the right tensors were read.',
    });
  }
  const [u, v] = [U.getColumn(0), V.getColumn(0)];
  const misfit = Math.min(1, residualNorm(weights, decomposition, query, key) / largest);
  const querySine = sineBetween(u, query.feature);
  const keySine = sineBetween(v, key.feature);
  const queryBound = sineOfSum(query.check.epsilon, misfit);
  const keyBound = sineOfSum(key.check.epsilon, misfit);
  return {
    singularValues: [largest, singularValues[1] ?? 0],
    querySine,
    keySine,
    aligned: inner(u, query.feature) * inner(v, key.feature) > 0,
    misfit,
    queryBound,
    keyBound,
    holds: querySine <= queryBound + ROUNDING && keySine <= keyBound + ROUNDING,
  };
}

/** ‖Ω − tûv̂ᵀ‖ with t = ûᵀΩv̂; from the weights without forming Ω, as the product of one column more. */
function residualNorm(
  weights: HeadWeights,
  { U, V, singularValues }: SingularValueDecomposition,
  query: MeasuredSide,
  key: MeasuredSide,
): number {
  const left = [...query.singularVector];
  const right = [...key.singularVector];
  let scale = 0;
  for (let k = 0; k < singularValues.length; k += 1) {
    scale += singularValues[k] * inner(U.getColumn(k), left) * inner(V.getColumn(k), right);
  }
  const scaled = left.map((value) => -scale * value);
  if (weights.omega !== undefined) {
    return svd(Matrix.add(weights.omega, new Matrix(outer(scaled, right)))).singularValues[0];
  }
  return qkSvd(withColumn(weights.query, scaled), withColumn(weights.key, right)).singularValues[0];
}

function withColumn(matrix: Matrix, column: number[]): Matrix {
  return matrix.clone().addColumn(matrix.columns, column);
}

function sineOfSum(firstSine: number, secondSine: number): number {
  return Math.sin(Math.min(Math.PI / 2, Math.asin(firstSine) + Math.asin(secondSine)));
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
