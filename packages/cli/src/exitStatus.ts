import { SvfError } from '@svf-alignment/core';
import { Interrupted } from './interruption.ts';

export const exitStatus = { done: 0, unfinished: 1, badInput: 2, interrupted: 130 } as const;

/** Faults of a run that was asked for correctly; every other SvfError is about the input. */
const unfinished: ReadonlySet<string> = new Set([
  'claim-without-measurement',
  'diverged',
  'duplicate-id',
  'empty-figure',
  'invalid-figure',
  'non-finite-entry',
  'non-finite-number',
  'not-json',
  'store-read',
  'store-write',
  'svd-iteration-limit',
  'svd-verification',
  'worker-lost',
]);

/** The exit status that an error stands for. */
export function statusOf(error: unknown): number {
  if (error instanceof Interrupted) return exitStatus.interrupted;
  if (error instanceof SvfError && !unfinished.has(error.code)) return exitStatus.badInput;
  return exitStatus.unfinished;
}
