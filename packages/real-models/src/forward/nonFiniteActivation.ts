import { SvfError } from '@svf-alignment/core';
import type { HookName } from './hookNames.ts';

/**
 * The error of a forward pass whose activation is NaN or infinite.
 *
 * @param index which of the run's inputs, from 0
 * @param received the number
 */
export function nonFiniteActivation(hook: HookName, index: number, received: number | undefined): SvfError {
  return new SvfError(`${hook} is not finite for prompt ${index}.`, {
    code: 'non-finite-activation',
    path: ['inputs', index, hook],
    expected: 'finite numbers',
    received: String(received),
    remedy: 'The weights (or a shift) are too large for this model: check the files, or the shift.',
  });
}
