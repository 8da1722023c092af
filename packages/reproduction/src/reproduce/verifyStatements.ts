import { join, resolve } from 'node:path';
import type { SuiteOutcome } from '@svf-alignment/theory';
import type { BlockTask } from '../experiments/theory/blockTask.ts';
import { type SuiteOptions, suiteExperiment, suiteOutcomes } from '../experiments/theory/statementSuite.ts';
import { openDiskStore } from '../lab/diskStore.ts';
import type { Outcome } from '../lab/experiment.ts';
import { memoryStore } from '../lab/memoryStore.ts';
import type { RunEvent } from '../lab/runEvent.ts';
import { runExperiments } from '../lab/runExperiments.ts';
import { deserializeError } from '../lab/serializedError.ts';
import type { TaskPool } from '../lab/taskPool.ts';
import { prepareFolder } from './prepareFolder.ts';
import { writeWhole } from './writeWhole.ts';

export interface VerifyStatementsOptions extends SuiteOptions {
  /**
   * Created if it is not there; finished blocks are kept in `store/`, so that an interrupted run, or a longer one,
   * goes on from them. Without it nothing is kept.
   */
  readonly folder?: string;
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onWarning?: (message: string) => void;
}

/**
 * Runs statements on random cases, block by block, and writes `theorems.json` where a folder is given. What comes out
 * depends on ids, runs and seed alone.
 *
 * @throws SvfError `unknown-statement`; `bad-folder`, `store-read` and `store-write` for the folder; what the first
 *   block that failed threw; the signal's reason after an abort
 */
export async function verifyStatements(options: VerifyStatementsOptions): Promise<SuiteOutcome> {
  const { folder, pool, seed, signal, onEvent, onWarning } = options;
  const suite = suiteExperiment(options);
  if (folder !== undefined) await prepareFolder(folder);
  const [run] = await runExperiments({
    experiments: [suite],
    profile: 'quick',
    seed,
    store:
      folder === undefined
        ? memoryStore()
        : await openDiskStore({ directory: join(resolve(folder), 'store'), ...(onWarning && { onWarning }) }),
    pool,
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
  const failure = run?.status === 'failed' ? run.failures[0] : undefined;
  if (failure !== undefined) throw deserializeError(failure.error);
  const outcomes = run?.status === 'finished' ? run.outcomes : [];
  const theorems = suiteOutcomes(outcomes as unknown as Outcome<BlockTask>[]);
  const outcome = { seed, passed: theorems.every(({ passed }) => passed), theorems };
  if (folder !== undefined) {
    await writeWhole(join(resolve(folder), 'theorems.json'), `${JSON.stringify(outcome, null, 2)}\n`);
  }
  return outcome;
}
