import { findStatement } from '@svf-alignment/theory';
import type { Experiment, Profile } from '../../lab/experiment.ts';
import { type BlockTask, blockTasks, mergedOutcomes, runBlock } from './blockTask.ts';
import { statementClaim } from './statementClaim.ts';

export interface TheoremSection
  extends Pick<Experiment, 'id' | 'title' | 'summary' | 'figures' | 'version' | 'minutes'> {
  /** Ids of the statements that the paper proves, and of our own that stand beside them. */
  readonly paper: readonly string[];
  readonly own: readonly string[];
}

/** Cases of each statement, as multiples of its default. */
const LENGTH: Readonly<Record<Profile, number>> = { quick: 1, paper: 10 };

/** A section of the report on some statements: each is run on random cases, in blocks, and claimed to hold. */
export function theoremExperiment({ paper, own, ...about }: TheoremSection): Experiment<BlockTask> {
  const ids = [...paper, ...own];
  return {
    ...about,
    needsNetwork: false,
    formulations: ids.map(findStatement).map(({ title, statement: { text, latex }, source }) => ({
      title,
      text,
      latex,
      source,
    })),
    tasks: (profile, seed) =>
      ids.flatMap((id) => blockTasks(id, LENGTH[profile] * findStatement(id).defaultRuns, seed)),
    run: async (task) => runBlock(task),
    claims: (outcomes) =>
      mergedOutcomes(outcomes).map((outcome) =>
        statementClaim(`${about.id}/${outcome.id}`, outcome, paper.includes(outcome.id)),
      ),
    draw: () => [],
  };
}
