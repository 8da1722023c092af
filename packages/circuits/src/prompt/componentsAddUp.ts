import { dot, randomStream, SvfError } from '@svf-alignment/core';
import { keyValueHead } from '@svf-alignment/real-models';
import { matrixVector } from '../kernels/matrixVector.ts';
import type { CircuitModel } from '../model/circuitModel.ts';
import type { LayerContext } from './promptContext.ts';

/** Share of the size of what is summed: wide enough for float32, far too narrow for a missing bias. */
const TOLERANCE = 1e-3;

/**
 * Demands that, at every token, the outputs of a layer's heads, source token by source token, and the attention
 * bias add up to the layer's attention output: otherwise the candidates of every firing above would be of another
 * model. Both sides are compared in a random direction (Freivalds), which takes no dModel-sized work per head and
 * source token.
 *
 * @throws SvfError `components-mismatch` with path [layer, token]
 */
export function demandComponentsAddUp(
  model: CircuitModel,
  layer: number,
  { pattern, values }: Pick<LayerContext, 'pattern' | 'values'>,
  attentionOutput: Float64Array,
): void {
  const { keyValueHeads, dHead, dModel } = model.shape;
  const { heads: own, outputBias } = model.layers[layer];
  const tokens = attentionOutput.length / dModel;
  const direction = randomDirection(dModel);
  const sums = new Float64Array(tokens).fill(dot(outputBias, 0, direction, 0, dModel));
  const sizes = new Float64Array(tokens).fill(Math.abs(sums[0]));
  const read = new Float64Array(dHead);
  for (const [head, { output }] of own.entries()) {
    matrixVector(output, 0, dHead, dModel, direction, 0, read, 0);
    const keyHead = keyValueHead(model.shape, head);
    for (let source = 0; source < tokens; source += 1) {
      const value = dot(values, (source * keyValueHeads + keyHead) * dHead, read, 0, dHead);
      for (let token = source; token < tokens; token += 1) {
        const part = pattern[(head * tokens + token) * tokens + source] * value;
        sums[token] += part;
        sizes[token] += Math.abs(part);
      }
    }
  }
  for (let token = 0; token < tokens; token += 1) {
    const expected = dot(attentionOutput, token * dModel, direction, 0, dModel);
    const difference = Math.abs(sums[token] - expected);
    if (difference > TOLERANCE * (sizes[token] + Math.abs(expected)))
      throw mismatch(layer, token, difference);
  }
}

function randomDirection(dModel: number): Float64Array {
  const random = randomStream(0, 'components-add-up');
  return Float64Array.from({ length: dModel }, () => random.normal());
}

function mismatch(layer: number, token: number, difference: number): SvfError {
  return new SvfError(
    `The heads of layer ${layer} do not add up to its attention output at token ${token}.`,
    {
      code: 'components-mismatch',
      path: [layer, token],
      expected: 'activations of the processed model whose weights these are',
      received: `a difference of ${difference.toPrecision(3)} in a random direction`,
      remedy: 'Pass the activations through processedActivations, and weights through processedWeights.',
    },
  );
}
