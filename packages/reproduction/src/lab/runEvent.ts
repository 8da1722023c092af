import type { ExperimentRun } from './experimentRun.ts';
import type { OverallProgress } from './progressMeter.ts';
import type { SerializedError } from './serializedError.ts';

/** Which task an event is about. */
export interface TaskPlace {
  readonly experiment: string;
  /** Index into the experiment's tasks, from 0. */
  readonly task: number;
  /** How many tasks the experiment has. */
  readonly tasks: number;
}

/** What can happen in a run. `warning`: the store did not take or give something that the run can do without. */
export type RunHappening =
  | (TaskPlace & { readonly kind: 'task-reused' })
  | (TaskPlace & { readonly kind: 'task-started'; readonly resumed: boolean })
  | (TaskPlace & { readonly kind: 'task-progress'; readonly fraction: number })
  | (TaskPlace & { readonly kind: 'task-finished' })
  | (TaskPlace & { readonly kind: 'task-failed'; readonly error: SerializedError })
  | { readonly kind: 'experiment-finished'; readonly run: ExperimentRun }
  | { readonly kind: 'warning'; readonly error: SerializedError };

/** What happens in a run, as it happens; every event says how far the whole is by then. */
export type RunEvent = RunHappening & { readonly overall: OverallProgress };
