import { canonicalValue } from './canonicalJson.ts';
import type { Experiment, Profile } from './experiment.ts';
import type { TaskFailure } from './experimentRun.ts';
import { taskModel } from './missingModels.ts';
import type { JsonObject } from './result.ts';
import { serializeError } from './serializedError.ts';
import { taskKey } from './taskKey.ts';

/** A task of an experiment and where its result is or will be. */
export interface PlannedTask {
  /** Among all tasks of the experiment, from 0. */
  readonly index: number;
  readonly config: JsonObject;
  readonly key: string;
  /** Expected minutes on one of two workers. */
  readonly minutes: number;
}

/** The tasks of an experiment that can be run. */
export interface TaskPlan {
  /** How many tasks the experiment has. */
  readonly count: number;
  readonly tasks: readonly PlannedTask[];
  /** One of each model whose weights are not to be had; its tasks are not among `tasks`. */
  readonly failures: readonly TaskFailure[];
}

/**
 * The tasks of an experiment with their keys. A config is passed on as its canonical JSON reads, so that a task cannot
 * depend on anything that is not in its key.
 *
 * @throws what `tasks` throws, and `inputs` for a task that is not about a language model; SvfError those of `canonicalValue`
 */
export async function planTasks(
  experiment: Experiment,
  profile: Profile,
  seed: number,
  models: readonly string[],
): Promise<TaskPlan> {
  const configs = experiment.tasks(profile, seed, models);
  const minutes = experiment.minutes[profile] / Math.max(1, configs.length);
  const planned: PlannedTask[] = [];
  const failures: TaskFailure[] = [];
  const isMissing = (config: JsonObject) =>
    failures.some(({ model }) => model === taskModel(experiment, config));
  for (const [index, given] of configs.entries()) {
    const config = canonicalValue(given, ['tasks', index]);
    if (isMissing(config)) continue;
    try {
      const inputs = (await experiment.inputs?.(config)) ?? {};
      const key = taskKey({ experiment: experiment.id, version: experiment.version, config, inputs });
      planned.push({ index, config, key, minutes });
    } catch (error) {
      const model = taskModel(experiment, config);
      if (model === null) throw error;
      failures.push({ task: index, model, error: serializeError(error) });
    }
  }
  return { count: configs.length, tasks: planned.filter(({ config }) => !isMissing(config)), failures };
}
