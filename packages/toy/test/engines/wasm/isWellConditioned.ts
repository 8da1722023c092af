import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import { lossesAndGradients } from '../../../src/engines/reference/lossesAndGradients.ts';
import { parameterNames, type ToyParameters } from '../../../src/model/toyParameters.ts';
import type { Batch } from '../../../src/sampling/batch.ts';
import { relativeDistance } from './relativeDistance.ts';

/** Four units in the last place of float32. */
const NUDGE = 2 ** -21;

/**
 * Whether float32 can tell the gradient at all: not where it is a small rest of large terms, nor where a feature's
 * pre-activation is so near 0 that rounding decides its side. There, nudged parameters give another gradient.
 */
export function isWellConditioned(
  config: ToyConfig,
  parameters: ToyParameters,
  batch: Batch,
  gradients: ToyParameters,
  tolerance: number,
): boolean {
  return [NUDGE, -NUDGE].every((nudge) => {
    const nudged = (values: Float64Array) => values.map((x, i) => x * (1 + (i % 2 === 0 ? nudge : -nudge)));
    const { W, b, A, B } = parameters;
    const near = { W: nudged(W), b: nudged(b), A: nudged(A), B: nudged(B) };
    const moved = lossesAndGradients(config, near, batch).gradients;
    return parameterNames.every((name) => relativeDistance(moved, gradients, name) <= tolerance);
  });
}
