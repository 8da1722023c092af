import { expect } from 'vitest';
import type { LossesAndGradients } from '../../../src/engines/trainingEngine.ts';
import { parameterNames } from '../../../src/model/toyParameters.ts';
import { largest, largestDifference } from '../toyCases.ts';

/** Below this size a gradient is a difference of rounded float32 numbers of order 1. */
const FLOOR = 1e-3;

/** Losses and gradients of a float32 engine against the reference: 1e-4, relative to a tensor's largest entry. */
export function expectSameGradients(computed: LossesAndGradients, reference: LossesAndGradients): void {
  for (const name of parameterNames) {
    const scale = Math.max(largest(reference.gradients[name]), FLOOR);
    const error = largestDifference(computed.gradients[name], reference.gradients[name]) / scale;
    expect(error, `relative error of the gradient of ${name}`).toBeLessThanOrEqual(1e-4);
  }
  for (const name of ['total', 'reconstruction', 'attention', 'klDivergence'] as const) {
    const scale = Math.max(Math.abs(reference.losses[name]), 0.1);
    const error = Math.abs(computed.losses[name] - reference.losses[name]) / scale;
    expect(error, `relative error of the loss ${name}`).toBeLessThanOrEqual(1e-5);
  }
}
