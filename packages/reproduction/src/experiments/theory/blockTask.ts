import {
  type BlockOutcome,
  findStatement,
  mergeBlocks,
  type Outcome as StatementOutcome,
  verifyBlock,
} from '@svf-alignment/theory';
import type { Outcome } from '../../lab/experiment.ts';
import type { JsonObject, Result } from '../../lab/result.ts';

/** One seeded block of random cases of one statement. */
export type BlockTask = {
  /** Its id. */
  readonly statement: string;
  readonly seed: number;
  /** From 0. */
  readonly block: number;
  readonly blockSize: number;
  /** `blockSize`, or what is left for the last block. */
  readonly runs: number;
};

/** Into so many blocks the default run of a statement is cut: a block of any statement takes about a second at most. */
const BLOCKS_OF_DEFAULT = 8;

/** Cases of a block; it depends on the statement alone, so that a longer run goes on from the blocks of a shorter one. */
export function blockSizeOf(statement: string): number {
  return Math.ceil(findStatement(statement).defaultRuns / BLOCKS_OF_DEFAULT);
}

/**
 * The blocks of a run. Its outcome is that of theory's `verify` with the same `runs`, `seed` and `blockSize`.
 *
 * @throws SvfError `unknown-statement`
 */
export function blockTasks(statement: string, runs: number, seed: number): BlockTask[] {
  const blockSize = blockSizeOf(statement);
  return Array.from({ length: Math.ceil(runs / blockSize) }, (_, block) => ({
    statement,
    seed,
    block,
    blockSize,
    runs: Math.min(blockSize, runs - block * blockSize),
  }));
}

/** @returns a `BlockOutcome` as values */
export function runBlock({ statement, ...options }: BlockTask): Result {
  const outcome = verifyBlock(findStatement(statement), options);
  // A counterexample may hold a number that is not finite; as JSON it is null.
  const values: JsonObject = JSON.parse(JSON.stringify(outcome));
  return { values, tensors: {} };
}

/** What the blocks come to, one outcome for each statement, in the order in which the statements come first. */
export function mergedOutcomes(outcomes: readonly Outcome<BlockTask>[]): StatementOutcome[] {
  const byStatement = new Map<string, Outcome<BlockTask>[]>();
  for (const outcome of outcomes) {
    const { statement } = outcome.config;
    byStatement.set(statement, [...(byStatement.get(statement) ?? []), outcome]);
  }
  return [...byStatement].map(([id, parts]) => {
    const runs = parts.reduce((sum, { config }) => sum + config.runs, 0);
    const blocks = parts
      .map(({ result }) => result.values as unknown as BlockOutcome)
      .sort((a, b) => a.block - b.block);
    // Later blocks say nothing more of a statement that is violated.
    const failed = blocks.findIndex(({ counterexample }) => counterexample !== null);
    const read = failed < 0 ? blocks : blocks.slice(0, failed + 1);
    return mergeBlocks(findStatement(id), read, { runs, seed: parts[0]?.config.seed ?? 0 });
  });
}
