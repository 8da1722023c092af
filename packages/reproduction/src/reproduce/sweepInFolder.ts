import { join, resolve } from 'node:path';
import { type SweepRow, type SweepTask, sweepRows } from '../experiments/toySweep.ts';
import { openDiskStore } from '../lab/diskStore.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { RunEvent } from '../lab/runEvent.ts';
import { runExperiments } from '../lab/runExperiments.ts';
import { deserializeError } from '../lab/serializedError.ts';
import type { TaskPool } from '../lab/taskPool.ts';
import { prepareFolder } from './prepareFolder.ts';
import { writeWhole } from './writeWhole.ts';

export interface FolderSweepOptions {
  /** Created if it is not there; what is needed to go on after an interruption lies in `store/`. */
  readonly folder: string;
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly onWarning?: (message: string) => void;
}

/**
 * Trains a sweep's models, those that the folder's store does not have yet, and writes `rows.json`.
 *
 * @param sweep what `sweepExperiment` gives
 * @throws SvfError `bad-folder`, `store-read` and `store-write` for the folder; what the first training that failed
 *   threw, once all others have finished; the signal's reason after an abort
 */
export async function sweepInFolder(
  sweep: Experiment<SweepTask>,
  options: FolderSweepOptions,
): Promise<SweepRow[]> {
  const { pool, signal, onEvent, onWarning } = options;
  await prepareFolder(options.folder);
  const folder = resolve(options.folder);
  const store = await openDiskStore({ directory: join(folder, 'store'), ...(onWarning && { onWarning }) });
  const [run] = await runExperiments({
    experiments: [sweep],
    profile: 'quick',
    seed: 0,
    store,
    pool,
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
  const failure = run?.status === 'failed' ? run.failures[0] : undefined;
  if (failure !== undefined) throw deserializeError(failure.error);
  const outcomes = run?.status === 'finished' ? run.outcomes : [];
  const rows = sweepRows(outcomes as unknown as Outcome<SweepTask>[]);
  await writeWhole(join(folder, 'rows.json'), `${JSON.stringify({ rows }, null, 2)}\n`);
  return rows;
}
