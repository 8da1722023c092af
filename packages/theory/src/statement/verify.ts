import { SvfError } from '@svf-alignment/core';
import { mergeBlocks } from './mergeBlocks.ts';
import type { BlockOutcome, Outcome } from './outcome.ts';
import type { Statement } from './statement.ts';
import { DEFAULT_BLOCK_SIZE, verifyBlock } from './verifyBlock.ts';

export interface VerifyProgress {
  readonly id: string;
  /** Cases done and asked for. */
  readonly done: number;
  readonly runs: number;
}

export interface VerifyOptions {
  /** Cases to run, a positive integer. Default the statement's own `defaultRuns`. */
  readonly runs?: number;
  /** Integer. The same seed, runs and block size give the same outcome. Default 1. */
  readonly seed?: number;
  /** Cases per block. Default 100. */
  readonly blockSize?: number;
  /** Blocks of an earlier, interrupted run: those of this statement, seed and block size are not run again. */
  readonly completed?: readonly BlockOutcome[];
  /** Called with each block that was run: keep it to resume from. */
  onBlock?(block: BlockOutcome): void;
  onProgress?(progress: VerifyProgress): void;
  /** Looked at between blocks. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a statement on random cases, in seeded blocks; stops after the first block with a counterexample.
 *
 * @returns the outcome; a violated statement is an outcome, not an exception.
 * @throws SvfError `invalid-option`; the signal's reason when aborted.
 */
export async function verify(statement: Statement<unknown>, options: VerifyOptions = {}): Promise<Outcome> {
  const runs = positiveInteger(options.runs ?? statement.defaultRuns, 'runs');
  const blockSize = positiveInteger(options.blockSize ?? DEFAULT_BLOCK_SIZE, 'blockSize');
  const seed = integer(options.seed ?? 1, 'seed');
  const blocks: BlockOutcome[] = [];
  for (let block = 0; block * blockSize < runs; block += 1) {
    const asked = { seed, block, blockSize, runs: Math.min(blockSize, runs - block * blockSize) };
    let outcome = options.completed?.find((done) => isSame(done, statement.id, asked));
    if (outcome === undefined) {
      options.signal?.throwIfAborted();
      outcome = verifyBlock(statement, asked);
      options.onBlock?.(outcome);
      // Lets timers and signals in: a block itself is synchronous.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    blocks.push(outcome);
    options.onProgress?.({ id: statement.id, done: Math.min((block + 1) * blockSize, runs), runs });
    if (outcome.counterexample !== null) break;
  }
  return mergeBlocks(statement, blocks, { runs, seed });
}

function isSame(
  done: BlockOutcome,
  id: string,
  asked: { seed: number; block: number; blockSize: number; runs: number },
): boolean {
  return (
    done.id === id &&
    done.seed === asked.seed &&
    done.block === asked.block &&
    done.blockSize === asked.blockSize &&
    done.runs === asked.runs
  );
}

function integer(value: number, name: string): number {
  if (Number.isSafeInteger(value)) return value;
  throw refusal(name, 'an integer', value);
}

function positiveInteger(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw refusal(name, 'a positive integer', value);
}

function refusal(name: string, expected: string, received: number): SvfError {
  return new SvfError(`The option ${name} must be ${expected}.`, {
    code: 'invalid-option',
    path: [name],
    expected,
    received: String(received),
    remedy: `Pass ${expected} as ${name}.`,
  });
}
