import type { Claim } from './claim.ts';
import type { Experiment, Outcome } from './experiment.ts';
import type { Figure } from './figure.ts';
import type { Film } from './film.ts';
import type { MissingModel } from './missingModels.ts';
import type { Page } from './page.ts';
import type { JsonObject } from './result.ts';
import type { SerializedError } from './serializedError.ts';

/** What became of one experiment. */
export type ExperimentRun =
  | {
      readonly status: 'finished';
      readonly experiment: Experiment;
      /** In the order of the experiment's tasks, without those of `missing`. */
      readonly outcomes: readonly Outcome<JsonObject>[];
      /** Where the store has each outcome. */
      readonly keys: readonly string[];
      readonly claims: readonly Claim[];
      readonly figures: readonly Figure[];
      readonly film?: Film;
      readonly pages: readonly Page[];
      /** Language models of which a task failed; none of their other tasks counts. */
      readonly missing: readonly MissingModel[];
    }
  | {
      readonly status: 'failed';
      readonly experiment: Experiment;
      /** In the order of the tasks; at least one. */
      readonly failures: readonly TaskFailure[];
    };

export interface TaskFailure {
  /** Index of the task that failed; null where listing the tasks, judging or drawing failed. */
  readonly task: number | null;
  /** The language model that the task is about, if it is about one. */
  readonly model: string | null;
  readonly error: SerializedError;
}
