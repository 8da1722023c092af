import type { AbstractMatrix } from 'ml-matrix';
import { matrixFrom } from '../matrix/columns.ts';
import { scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';
import { applyQ } from '../qr/applyQ.ts';
import { orientSingularVectors } from './orientation.ts';
import { qkCore } from './qkCore.ts';
import { DEFAULT_MAXIMUM_SWEEPS, type SingularValueDecomposition, type SvdOptions } from './svd.ts';
import { unscaledSingularValues } from './unscaled.ts';
import { frobeniusNorm, multiply, multiplyTransposed, verifyDecomposition } from './verification.ts';

/**
 * Thin SVD of a head's Ω = W_Q W_Kᵀ with min(dModel, dHead) terms. Ω, of order dModel, is never formed: with
 * W_Q = Q₁R₁ and W_K = Q₂R₂ only R₁R₂ᵀ is decomposed, and U = Q₁U', V = Q₂V'. The result is checked against
 * the weights.
 *
 * @param queryWeights W_Q [dModel, dHead].
 * @param keyWeights W_K [dModel, dHead].
 * @returns U [dModel, r] (destination side), V [dModel, r] (source side); the entry of largest size in each u_k is positive.
 * @throws SvfError `shape-mismatch`; `non-finite-entry`; `singular-value-overflow`; `svd-not-converged`; `svd-inaccurate`.
 */
export function qkSvd(
  queryWeights: AbstractMatrix,
  keyWeights: AbstractMatrix,
  options: SvdOptions = {},
): SingularValueDecomposition {
  const core = qkCore(queryWeights, keyWeights, options.maximumSweeps ?? DEFAULT_MAXIMUM_SWEEPS);
  const left = applyQ(core.query.qr, core.factors.left);
  const right = applyQ(core.key.qr, core.factors.right);
  const scale = core.exponent - core.query.exponent - core.key.exponent;
  const scaled = core.factors.singularValues.map((value) => scaleByPowerOfTwo(value, scale));
  verifyDecomposition(
    {
      apply: (x) => multiply(core.query.weights, multiplyTransposed(core.key.weights, x)),
      norm: frobeniusNorm(core.query.weights) * frobeniusNorm(core.key.weights),
    },
    { left, singularValues: scaled, right },
  );
  orientSingularVectors(left, right);
  return {
    U: matrixFrom(left),
    singularValues: unscaledSingularValues(core.factors.singularValues, core.exponent),
    V: matrixFrom(right),
  };
}
