import { cosine } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';

/** The rate of step n = 1 … steps: ½η₀(1 + cos(π(n − 1)/steps)), or η₀ throughout. */
export function learningRate(
  config: Pick<ToyConfig, 'learningRate' | 'schedule' | 'steps'>,
  step: number,
): number {
  if (config.schedule === 'constant') return config.learningRate;
  return 0.5 * config.learningRate * (1 + cosine((Math.PI * (step - 1)) / config.steps));
}
