import { qkFactors } from '@svf-alignment/core';
import {
  type Activations,
  analysisTaps,
  doubleForwardPass,
  type HeadFactors,
  type ModelShape,
  processedWeights,
  type Token,
  type Weights,
} from '@svf-alignment/real-models';
import { randomWeights, shapes } from '../../real-models/test/forward/randomWeights.ts';
import { type CircuitModel, type CircuitModelOptions, circuitModel } from '../src/model/circuitModel.ts';
import { type PromptContext, promptContext } from '../src/prompt/promptContext.ts';

/** Learned positions; rotary ones in part; all of them with grouped queries and RMSNorm; the same with soft-capped scores. */
export const randomShapes: Readonly<Record<string, ModelShape>> = {
  learned: shapes.gpt2,
  partlyRotary: shapes.neox,
  grouped: shapes.llama,
  softcapped: { ...shapes.llama, scoreSoftcap: 2 },
};

export interface RandomModel {
  readonly model: CircuitModel;
  readonly weights: Weights;
  run(ids: readonly number[]): Promise<{ activations: Activations; prompt: PromptContext }>;
}

/** A small model of random weights, processed. */
export function randomModel(
  shape: ModelShape,
  seed: number,
  options: CircuitModelOptions = {},
): Promise<RandomModel> {
  return modelOf(randomWeights(shape, seed), options);
}

/** The model of weights in memory, processed. */
export async function modelOf(stored: Weights, options: CircuitModelOptions = {}): Promise<RandomModel> {
  const { shape } = stored;
  const weights = processedWeights(stored);
  const identity = { name: 'random', hash: '' };
  const factors = await factorsOf(weights);
  const model = await circuitModel(weights, factors, identity, (id) => `t${id}`, options);
  const forward = doubleForwardPass(weights);
  return {
    model,
    weights,
    async run(ids) {
      const tokens = ids.map((id, i): Token => ({ id, text: `t${id}`, bytes: [0, 0], label: `t${id}@${i}` }));
      for await (const activations of forward.run([{ tokens: ids }], { taps: analysisTaps(shape) })) {
        return { activations, prompt: promptContext(model, activations, tokens, 'random') };
      }
      throw new Error('no run');
    },
  };
}

export async function factorsOf(weights: Weights): Promise<HeadFactors> {
  const layers = [];
  for (let layer = 0; layer < weights.shape.layers; layer += 1) {
    const { W_Q, W_K } = await weights.attention(layer);
    layers.push(W_Q.map((query, head) => qkFactors(query, W_K[head])));
  }
  return layers;
}
