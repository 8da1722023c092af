import { SvfError } from '@svf-alignment/core';
import { SAFETENSORS_ERROR_CODES } from '@svf-alignment/core/safetensors';
import { exitStatus } from './exitStatus.ts';
import { Interrupted } from './interruption.ts';

/** Faults of what was asked for; every other error means that a run did not finish. */
const badInput: ReadonlySet<string> = new Set([
  ...SAFETENSORS_ERROR_CODES,
  'ambiguous-head',
  'backend-unavailable',
  'bad-config',
  'bad-folder',
  'bad-option',
  'bad-setting',
  'bad-workers',
  'config-file',
  'incomplete-head',
  'index-out-of-range',
  'matrix-file',
  'missing-tensor',
  'no-isotropic-dictionary',
  'non-finite-entry',
  'out-of-memory',
  'shape-mismatch',
  'tensor-shape',
  'unknown-experiment',
  'unknown-statement',
  'unknown-tensor',
  'zero-feature',
  'zero-head',
]);

/** The exit status that an error stands for. */
export function statusOf(error: unknown): number {
  if (error instanceof Interrupted) return exitStatus.interrupted;
  return error instanceof SvfError && badInput.has(error.code) ? exitStatus.badInput : exitStatus.unfinished;
}
