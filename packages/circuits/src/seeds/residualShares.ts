import { dot } from '@svf-alignment/core';
import { UpstreamGroups } from '../firing/UpstreamGroups.ts';
import { matrixVector } from '../kernels/matrixVector.ts';
import type { PromptContext } from '../prompt/promptContext.ts';

/** Shares of the residual stream at the end token, one per component and, for heads, source token. */
export interface ResidualShares {
  /** Numbers the shares; the offset, its last group, is none. */
  readonly upstream: UpstreamGroups;
  /** Projections, in the order of the groups. */
  readonly values: Float64Array;
}

/**
 * What each component of the first `layers` layers, and the embedding, contributes at the end token along a
 * direction.
 *
 * @param direction [dModel]
 * @param scale divides every share: the final norm's, or 1
 */
export function residualShares(
  prompt: PromptContext,
  direction: Float64Array,
  layers: number,
  scale: number,
): ResidualShares {
  const { model, headOutputs } = prompt;
  const { heads, dHead, dModel } = model.shape;
  const tokens = prompt.tokens.length;
  const end = tokens - 1;
  const upstream = new UpstreamGroups(layers, heads, 1, end, end);
  const values = new Float64Array(upstream.offset);
  const read = new Float64Array(dHead);
  let group = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    const { pattern, values: vectors, mlpOutput } = prompt.layers[layer];
    for (let head = 0; head < heads; head += 1) {
      matrixVector(model.layers[layer].heads[head].output, 0, dHead, dModel, direction, 0, read, 0);
      for (let j = 0; j < tokens; j += 1) {
        const attention = pattern[(head * tokens + end) * tokens + j];
        values[group] = attention * dot(vectors, headOutputs.valueOffset(head, j), read, 0, dHead);
        group += 1;
      }
    }
    values[upstream.mlps + layer] = dot(mlpOutput, end * dModel, direction, 0, dModel);
    values[upstream.biases + layer] = dot(model.layers[layer].outputBias, 0, direction, 0, dModel);
  }
  values[upstream.embedding] = dot(prompt.embedding, end * dModel, direction, 0, dModel);
  for (let i = 0; i < values.length; i += 1) values[i] /= scale;
  return { upstream, values };
}
