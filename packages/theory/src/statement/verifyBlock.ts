import { randomStream } from '@svf-alignment/core';
import fc from 'fast-check';
import { ConclusionViolated } from './ConclusionViolated.ts';
import type { BlockOutcome, Counterexample, WorstMeasurement } from './outcome.ts';
import type { Statement } from './statement.ts';

/** Cases of a block unless told otherwise. */
export const DEFAULT_BLOCK_SIZE = 100;

/**
 * Draws set aside per run before a block gives up. One: a run in which fewer than half the draws met the hypotheses
 * says little, and is no pass.
 */
const MAXIMUM_SKIPS_PER_RUN = 1;

export interface BlockOptions {
  readonly seed: number;
  /** Which block, from 0. */
  readonly block: number;
  readonly blockSize: number;
  /** Cases to run, ≤ blockSize: fewer in the last block. */
  readonly runs: number;
}

/** Runs one block of cases. A pure function of the statement and the options, whatever other blocks do. */
export function verifyBlock(statement: Statement<unknown>, options: BlockOptions): BlockOutcome {
  const { seed, block, blockSize, runs } = options;
  const worst = new Map<string, WorstMeasurement>();
  let failed = false;
  const property = statement.property({
    onCase: (evaluation) => {
      // After the first failure fast-check shrinks: those cases are its own, not draws of this block.
      if (failed) return;
      failed = !evaluation.holds;
      for (const { name, text, slack, ratio } of evaluation.conclusions) {
        const before = worst.get(name);
        worst.set(name, {
          name,
          text,
          worstSlack: extreme(Math.min, before?.worstSlack, slack),
          worstRatio: extreme(Math.max, before?.worstRatio, ratio),
        });
      }
    },
  });
  const blockSeed = randomStream(seed, `theory/${statement.id}/${blockSize}/${block}`).uint32() | 0;
  const details = fc.check(property, {
    seed: blockSeed,
    numRuns: runs,
    maxSkipsPerRun: MAXIMUM_SKIPS_PER_RUN,
  });
  return {
    id: statement.id,
    seed,
    block,
    blockSize,
    runs,
    hypothesesMet: details.numRuns,
    skipped: details.numSkips,
    conclusions: statement.conclusions.map(
      ({ name, text }) => worst.get(name) ?? { name, text, worstSlack: null, worstRatio: null },
    ),
    blockSeed,
    path: details.counterexample === null ? null : details.counterexamplePath,
    counterexample:
      details.counterexample === null
        ? null
        : counterexample(details.counterexample[0], details.errorInstance),
  };
}

function extreme(
  choose: (a: number, b: number) => number,
  before: number | null | undefined,
  value: number,
): number | null {
  if (!Number.isFinite(value)) return before ?? null;
  return before === null || before === undefined ? value : choose(before, value);
}

function counterexample(instance: unknown, thrown: unknown): Counterexample {
  // Anything else that a property throws is a defect of a hypothesis or an arbitrary, not a finding.
  if (!(thrown instanceof ConclusionViolated)) throw thrown;
  const { name, measured, bound, error } = thrown.conclusion;
  return {
    conclusion: name,
    measured: Number.isFinite(measured) ? measured : null,
    bound: Number.isFinite(bound) ? bound : null,
    error,
    case: instance,
  };
}
