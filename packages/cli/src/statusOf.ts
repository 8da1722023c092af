import { SvfError } from '@svf-alignment/core';
import { exitStatus } from './exitStatus.ts';
import { Interrupted } from './interruption.ts';

/** Faults of what was asked for; every other error means that a run did not finish. */
const badInput: ReadonlySet<string> = new Set([
  'backend-unavailable',
  'bad-config',
  'bad-folder',
  'bad-option',
  'bad-setting',
  'bad-workers',
  'config-file',
  'no-isotropic-dictionary',
  'out-of-memory',
  'unknown-experiment',
]);

/** The exit status that an error stands for. */
export function statusOf(error: unknown): number {
  if (error instanceof Interrupted) return exitStatus.interrupted;
  return error instanceof SvfError && badInput.has(error.code) ? exitStatus.badInput : exitStatus.unfinished;
}
