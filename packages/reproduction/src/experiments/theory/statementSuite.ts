import { findStatement, type Outcome as StatementOutcome, statements } from '@svf-alignment/theory';
import type { Experiment, Outcome } from '../../lab/experiment.ts';
import { type BlockTask, blockTasks, mergedOutcomes, runBlock } from './blockTask.ts';

/** Statements of a user's own choice and length; `suiteExperiment` gives it tasks. */
export const statementSuite: Experiment<BlockTask> = {
  id: 'statement-suite',
  title: 'Statements on random cases',
  summary: 'Each statement on as many random cases as asked for, in seeded blocks.',
  figures: [],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0, paper: 0 },
  tasks: () => [],
  run: async (task) => runBlock(task),
  claims: () => [],
  draw: () => [],
};

/** What the default run of a statement takes on two cores, more or less; a longer run in proportion. */
const MINUTES_OF_DEFAULT = 0.01;

export interface SuiteOptions {
  /** Ids; all statements where there is none. */
  readonly ids: readonly string[];
  /** Cases of each statement, a positive integer; the statement's own default if left out. */
  readonly runs?: number;
  readonly seed: number;
}

/** @throws SvfError `unknown-statement` */
export function suiteExperiment({ ids, runs, seed }: SuiteOptions): Experiment<BlockTask> {
  const chosen = ids.length === 0 ? statements.map(({ id }) => id) : [...new Set(ids)];
  const tasks = chosen.flatMap((id) => {
    const blocks = blockTasks(id, runs ?? findStatement(id).defaultRuns, seed);
    return blocks.map((task) => ({ task, share: (task.block + 1) / blocks.length }));
  });
  const lengths = chosen.map((id) => (runs === undefined ? 1 : runs / findStatement(id).defaultRuns));
  const expected = MINUTES_OF_DEFAULT * lengths.reduce((sum, length) => sum + length, 0);
  // All statements advance together, so that what is done so far tells how long the rest takes.
  tasks.sort((a, b) => a.share - b.share);
  return {
    ...statementSuite,
    minutes: { quick: expected, paper: expected },
    tasks: () => tasks.map(({ task }) => task),
  };
}

/** In the order of `statements`. */
export function suiteOutcomes(outcomes: readonly Outcome<BlockTask>[]): StatementOutcome[] {
  const place = ({ id }: StatementOutcome) => statements.findIndex((statement) => statement.id === id);
  return mergedOutcomes(outcomes).sort((a, b) => place(a) - place(b));
}
