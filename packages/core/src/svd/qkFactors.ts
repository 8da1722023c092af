import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { matrixFrom, transposed, zeroColumns } from '../matrix/columns.ts';
import { scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { orientSingularVectors } from './orientation.ts';
import { qkCore } from './qkCore.ts';
import { DEFAULT_MAXIMUM_SWEEPS, type SvdOptions } from './svd.ts';
import { unscaledSingularValues } from './unscaled.ts';
import { frobeniusNorm, multiply, verifyDecomposition, verifyTriangle } from './verification.ts';

/** What sparse attention decomposition needs of a head, in d_head space. */
export interface QkFactors {
  /** [r], descending; the singular values of Ω = W_Q W_Kᵀ. */
  readonly singularValues: Float64Array;
  /** G_d [dHead, r]: p_k = (query vector) · column k. The entry of largest size in each column is positive. */
  readonly destination: Matrix;
  /** G_s [r, dHead]: q_k = row k · (key vector). */
  readonly source: Matrix;
}

/**
 * Σ and the d_head-sized factors of a head, without U and V: with W_Q = Q₁R₁, W_K = Q₂R₂ and R₁R₂ᵀ = U'ΣV'ᵀ,
 * G_d = R₂ᵀV' and G_s = Σ⁻¹U'ᵀR₁. For a query vector a = W_Qᵀx and a key vector b = W_Kᵀy, Σ_k (a·G_d)_k (G_s·b)_k = a·b
 * whenever both weight matrices have full column rank; the k-th term is σ_k (x·u_k)(v_k·y), up to the common sign of
 * u_k and v_k, which cancels.
 *
 * Rows of G_s whose singular value is zero to working precision (σ_k ≤ dHead · 2⁻⁵² · ‖W_Q‖_F ‖W_K‖_F) are zero:
 * their terms are zero, where Σ⁻¹ would only enlarge rounding errors.
 *
 * @param queryWeights W_Q [dModel, dHead].
 * @param keyWeights W_K [dModel, dHead].
 * @throws SvfError `shape-mismatch`; `non-finite-entry`; `singular-value-overflow`; `svd-not-converged`; `svd-inaccurate`.
 */
export function qkFactors(
  queryWeights: AbstractMatrix,
  keyWeights: AbstractMatrix,
  options: SvdOptions = {},
): QkFactors {
  const core = qkCore(queryWeights, keyWeights, options.maximumSweeps ?? DEFAULT_MAXIMUM_SWEEPS);
  const { query, key, factors, matrix } = core;
  verifyTriangle(query.weights, query.qr.triangle);
  verifyTriangle(key.weights, key.qr.triangle);
  const size = frobeniusNorm(query.weights) * frobeniusNorm(key.weights);
  const scale = core.exponent - query.exponent - key.exponent;
  const scaledSize = scaleByPowerOfTwo(size, -scale);
  verifyDecomposition({ apply: (x) => multiply(matrix, x), norm: scaledSize }, factors);

  const dHead = queryWeights.columns;
  const rank = matrix.rows;
  const destination = zeroColumns(dHead, rank);
  const r2 = key.qr.triangle.values;
  transposedProduct(
    r2,
    0,
    rank,
    dHead,
    factors.right.values,
    0,
    rank,
    rank,
    rank,
    destination.values,
    0,
    dHead,
  );
  const sourceTransposed = zeroColumns(dHead, rank);
  const r1 = query.qr.triangle.values;
  transposedProduct(
    r1,
    0,
    rank,
    dHead,
    factors.left.values,
    0,
    rank,
    rank,
    rank,
    sourceTransposed.values,
    0,
    dHead,
  );
  const negligible = dHead * Number.EPSILON * scaledSize;
  for (let k = 0; k < rank; k += 1) {
    const value = factors.singularValues[k];
    for (let i = dHead * k; i < dHead * (k + 1); i += 1) {
      destination.values[i] = scaleByPowerOfTwo(destination.values[i], key.exponent);
      // The weights were scaled by 2^−(query exponent), their product further by 2^−scale.
      const quotient = value <= negligible ? 0 : sourceTransposed.values[i] / value;
      sourceTransposed.values[i] = scaleByPowerOfTwo(quotient, -scale - key.exponent);
    }
  }
  orientSingularVectors(destination, sourceTransposed);
  return {
    singularValues: unscaledSingularValues(factors.singularValues, core.exponent),
    destination: matrixFrom(destination),
    source: matrixFrom(transposed(sourceTransposed)),
  };
}
