import type { Experiment } from './experiment.ts';
import type { PlannedTask } from './planTasks.ts';
import { type OverallProgress, ProgressMeter } from './progressMeter.ts';
import type { Result } from './result.ts';
import type { RunEvent, RunHappening, TaskPlace } from './runEvent.ts';
import { serializeError } from './serializedError.ts';
import type { Store } from './store.ts';
import type { TaskPool } from './taskPool.ts';

export interface TaskRunnerOptions {
  readonly store: Store;
  readonly pool: TaskPool;
  readonly signal: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly now?: () => number;
}

interface Task extends PlannedTask {
  readonly place: TaskPlace;
  readonly meter: number;
  result: Promise<Result> | undefined;
}

/** Brings the tasks of all experiments through one pool: first `add` all, then `lookUp`, then `start`. */
export class TaskRunner {
  readonly #store: Store;
  readonly #pool: TaskPool;
  readonly #signal: AbortSignal;
  readonly #onEvent: (event: RunEvent) => void;
  readonly #meter: ProgressMeter;
  readonly #tasks: Task[] = [];
  /** By key, so that a config that two tasks share is computed once. */
  readonly #running = new Map<string, Promise<Result>>();

  constructor(options: TaskRunnerOptions) {
    const { store, pool, signal, onEvent = () => {}, now = () => performance.now() } = options;
    this.#store = store;
    this.#pool = pool;
    this.#signal = signal;
    this.#onEvent = onEvent;
    this.#meter = new ProgressMeter(pool.size, now);
  }

  /** @param count of tasks that the experiment has, those included that cannot be run */
  add(experiment: Experiment, tasks: readonly PlannedTask[], count: number): void {
    for (const task of tasks) {
      const place = { experiment: experiment.id, task: task.index, tasks: count };
      this.#tasks.push({ ...task, place, meter: this.#meter.add(task.minutes), result: undefined });
    }
  }

  /** Takes from the store what is there. */
  async lookUp(): Promise<void> {
    for (const task of this.#tasks) {
      this.#signal.throwIfAborted();
      const found = await this.#orWarn(() => this.#store.read(task.key));
      if (found !== undefined) this.#reuse(task, found);
    }
  }

  /** Puts the rest in line; the longest first, so that no worker is left with a long one at the end. */
  start(): void {
    const missing = this.#tasks.filter(({ result }) => result === undefined);
    for (const task of missing.sort((a, b) => b.minutes - a.minutes)) {
      const twin = this.#running.get(task.key);
      task.result =
        twin === undefined ? this.#perform(task) : twin.then((result) => this.#reuse(task, result));
      if (twin === undefined) this.#running.set(task.key, task.result);
    }
  }

  /** The results of an experiment's tasks, in their order. */
  results(experiment: Experiment): Promise<Result>[] {
    return this.#tasks
      .filter(({ place }) => place.experiment === experiment.id)
      .map(({ result }) => result ?? Promise.reject(new Error('The task was not started.')));
  }

  emit(happening: RunHappening): void {
    const overall: OverallProgress = this.#meter.overall();
    this.#onEvent({ ...happening, overall });
  }

  async #perform(task: Task): Promise<Result> {
    const { place, key, config, meter } = task;
    try {
      const result = await this.#pool.run(
        { experiment: place.experiment, config },
        {
          signal: this.#signal,
          begin: () => this.#begin(task),
          onProgress: (fraction) => {
            this.#meter.report(meter, fraction);
            this.emit({ kind: 'task-progress', ...place, fraction });
          },
          // A checkpoint that cannot be kept costs time only if the run is interrupted.
          onCheckpoint: (state) => this.#orWarn(() => this.#store.writeCheckpoint(key, state)),
        },
      );
      await this.#store.write(key, result);
      await this.#orWarn(() => this.#store.removeCheckpoint(key));
      this.#meter.report(meter, 1);
      this.emit({ kind: 'task-finished', ...place });
      return result;
    } catch (error) {
      if (!this.#signal.aborted) this.emit({ kind: 'task-failed', ...place, error: serializeError(error) });
      throw error;
    }
  }

  async #begin({ place, key, meter }: Task): Promise<Result | undefined> {
    const checkpoint = await this.#orWarn(() => this.#store.readCheckpoint(key));
    const resumed = checkpoint !== undefined;
    this.#meter.begin(meter, resumed);
    this.emit({ kind: 'task-started', ...place, resumed });
    return checkpoint;
  }

  #reuse(task: Task, result: Result): Result {
    task.result = Promise.resolve(result);
    this.#meter.skip(task.meter);
    this.emit({ kind: 'task-reused', ...task.place });
    return result;
  }

  async #orWarn<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await act();
    } catch (error) {
      this.emit({ kind: 'warning', error: serializeError(error) });
      return undefined;
    }
  }
}
