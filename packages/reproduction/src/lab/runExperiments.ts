import { SvfError } from '@svf-alignment/core';
import { concludeExperiment } from './concludeExperiment.ts';
import type { Experiment, Profile } from './experiment.ts';
import type { ExperimentRun, TaskFailure } from './experimentRun.ts';
import { missingModels, taskModel } from './missingModels.ts';
import { planTasks, type TaskPlan } from './planTasks.ts';
import type { RunEvent } from './runEvent.ts';
import { serializeError } from './serializedError.ts';
import type { Store } from './store.ts';
import type { TaskPool } from './taskPool.ts';
import { TaskRunner } from './taskRunner.ts';

export interface RunOptions {
  readonly experiments: readonly Experiment[];
  readonly profile: Profile;
  /** The run's base seed. */
  readonly seed: number;
  /** Language models to run on instead of the bundled ones, as `openModel` takes them. */
  readonly models?: readonly string[];
  readonly store: Store;
  readonly pool: TaskPool;
  readonly signal?: AbortSignal;
  /** Hears of everything as it happens; must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Milliseconds, for the estimate of the time to go. */
  readonly now?: () => number;
}

/**
 * Runs experiments and resolves to what became of each, in their order. The tasks of all of them stand in one line for
 * the pool, the longest first. A result that the store has is not computed again; a new one is stored as soon as it is
 * there; a task that was interrupted goes on from its checkpoint. An experiment that fails is told as data and stops no
 * other; in an experiment on language models, a model that fails does not either: it is concluded without that model.
 *
 * The outcomes depend only on experiments, profile, seed and models: not on the pool, on what was stored, or on interruptions.
 *
 * @throws SvfError `duplicate-id` for two experiments of one id; the signal's reason after an abort, once the running
 *   tasks have stopped. What was finished by then is in the store.
 */
export async function runExperiments(options: RunOptions): Promise<ExperimentRun[]> {
  const { experiments, profile, seed, models = [], signal = new AbortController().signal } = options;
  const ids = experiments.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new SvfError(`Two experiments have the id ${repeated}.`, {
      code: 'duplicate-id',
      path: ['experiments', ids.lastIndexOf(repeated), 'id'],
    });
  }
  signal.throwIfAborted();
  const runner = new TaskRunner({ ...options, signal });
  const plans = await Promise.all(
    experiments.map(async (experiment) => ({
      experiment,
      ...(await plan(experiment, profile, seed, models)),
    })),
  );
  for (const { experiment, tasks, count } of plans) runner.add(experiment, tasks, count);
  await runner.lookUp();
  runner.start();
  const runs = await Promise.all(
    plans.map(async ({ experiment, ...plan }): Promise<ExperimentRun> => {
      const run = await conclude(experiment, plan, runner);
      if (!signal.aborted) runner.emit({ kind: 'experiment-finished', run });
      return run;
    }),
  );
  signal.throwIfAborted();
  return runs;
}

async function plan(
  experiment: Experiment,
  profile: Profile,
  seed: number,
  models: readonly string[],
): Promise<TaskPlan> {
  try {
    return await planTasks(experiment, profile, seed, models);
  } catch (error) {
    return { count: 0, tasks: [], failures: [{ task: null, model: null, error: serializeError(error) }] };
  }
}

async function conclude(
  experiment: Experiment,
  { tasks, failures: unplanned }: TaskPlan,
  runner: TaskRunner,
): Promise<ExperimentRun> {
  const settled = await Promise.allSettled(runner.results(experiment));
  const finished = tasks.flatMap(({ config, key }, i) => {
    const outcome = settled[i];
    return outcome?.status === 'fulfilled' ? [{ config, key, result: outcome.value }] : [];
  });
  const broken = tasks.flatMap(({ index, config }, i): TaskFailure[] => {
    const outcome = settled[i];
    if (outcome?.status !== 'rejected') return [];
    return [{ task: index, model: taskModel(experiment, config), error: serializeError(outcome.reason) }];
  });
  const failures = [...unplanned, ...broken].sort((a, b) => (a.task ?? 0) - (b.task ?? 0));
  const missing = missingModels(failures);
  const rest = finished.filter(
    ({ config }) => !missing.some(({ model }) => model === taskModel(experiment, config)),
  );
  if (failures.some(({ model }) => model === null) || (failures.length > 0 && rest.length === 0)) {
    return { status: 'failed', experiment, failures };
  }
  try {
    const outcomes = rest.map(({ config, result }) => ({ config, result }));
    const conclusion = concludeExperiment(experiment, outcomes, missing);
    const keys = rest.map(({ key }) => key);
    return { status: 'finished', experiment, outcomes, keys, ...conclusion, missing };
  } catch (error) {
    const failure = { task: null, model: null, error: serializeError(error) };
    return { status: 'failed', experiment, failures: [...failures, failure] };
  }
}
