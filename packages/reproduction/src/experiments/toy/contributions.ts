import { Matrix } from '@svf-alignment/core';
import { headDecomposition, parameterMatrix, type ToyConfig, type ToyParameters } from '@svf-alignment/toy';
import type { AttentionContexts } from './attentionContexts.ts';

/**
 * Sparse attention decomposition in the toy model (paper, Section 5): the contribution of each singular vector pair to
 * the relative attention of every context, for a head without rotary positions. The same as `relativeAttentionTerms`
 * of each context's tokens; as a token is linear in its strengths, the other keys' mean is taken before the head.
 *
 * @returns [contexts][H]; a context's contributions add up to its relative attention
 */
export function contributions(
  config: ToyConfig,
  parameters: ToyParameters,
  { queries, attended, others }: AttentionContexts,
): Float64Array[] {
  const { U, singularValues, V } = headDecomposition(config, parameters);
  const features = parameterMatrix(config, parameters, 'W').transpose(); // [N, D]
  const inQuery = queries.mmul(features.mmul(U)); // [contexts, H]
  const inKey = Matrix.sub(attended, others).mmul(features.mmul(V)); // [contexts, H]
  const scale = config.scaledLogits ? Math.sqrt(config.headDimension) : 1;
  return Array.from({ length: queries.rows }, (_, context) =>
    singularValues.map((value, k) => (inQuery.get(context, k) * value * inKey.get(context, k)) / scale),
  );
}
