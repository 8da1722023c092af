import type { JsonObject, Result } from './result.ts';

/** A task as plain serializable data: enough to run it on this machine or on another one. */
export interface TaskRequest {
  /** The experiment's id. */
  readonly experiment: string;
  readonly config: JsonObject;
}

/** How often a running task is heard of, in milliseconds of wall-clock time; no result depends on it. */
export interface TaskPace {
  /** Between two checkpoints, at least. */
  readonly keepEvery: number;
  /** Between two reports of progress, at least. */
  readonly reportEvery: number;
}

export const DEFAULT_PACE: TaskPace = { keepEvery: 5000, reportEvery: 100 };

/** What the caller of a pool hears of one task. */
export interface TaskHooks {
  readonly signal: AbortSignal;
  /** Called when a worker is free and the task begins; gives the checkpoint to go on from, if there is one. */
  readonly begin: () => Promise<Result | undefined>;
  readonly onProgress: (fraction: number) => void;
  /** A state to keep; the task waits until it is kept, and fails with what this rejects with. */
  readonly onCheckpoint: (state: Result) => Promise<void>;
}

/** Runs tasks, a few at a time, in the order in which they came. What a task computes does not depend on the pool. */
export interface TaskPool {
  /** How many tasks run at once. */
  readonly size: number;
  /**
   * Resolves to the task's canonical result. Rejects with what the task threw (an SvfError stays one, with its code,
   * path and remedy), with SvfError `worker-lost` if its thread died, and after an abort with the signal's reason, once
   * the task has stopped.
   */
  run(request: TaskRequest, hooks: TaskHooks): Promise<Result>;
  /** Ends the workers; tasks still running are lost. */
  close(): Promise<void>;
}
