import type { ToyConfig } from '../config/toyConfig.ts';
import { lossesAndGradients } from '../engines/reference/lossesAndGradients.ts';
import type { Losses } from '../model/losses.ts';
import type { ToyParameters } from '../model/toyParameters.ts';
import { drawBatch } from '../sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../sampling/tokenSampler.ts';

/**
 * Losses in float64 on one batch that training never sees, the same for every engine and step: late in training
 * the divergence is below what float32 sums can tell from zero.
 */
export function heldOutLosses(config: ToyConfig, parameters: ToyParameters): Losses {
  const state = initialSamplerState(config.seed, 'toy/held-out');
  const sampler = new TokenSampler(state, config.features, config.featureProbability);
  return lossesAndGradients(config, parameters, drawBatch(config, sampler)).losses;
}
