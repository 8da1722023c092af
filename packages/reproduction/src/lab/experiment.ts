import type { Claim } from './claim.ts';
import type { Figure } from './figure.ts';
import type { Film } from './film.ts';
import type { Formulation } from './formulation.ts';
import type { Page } from './page.ts';
import type { JsonObject, Result } from './result.ts';

/** `quick`: minutes on a laptop; `paper`: the paper's lengths and conventions. */
export type Profile = 'quick' | 'paper';

/** What a running task may use of the world. */
export interface TaskContext {
  /** Aborted on Ctrl-C; a task rejects with the signal's reason soon after. */
  readonly signal: AbortSignal;
  /** Share of this task's work that is done, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
  /** What an earlier, interrupted run of this very task kept last, if anything. */
  readonly checkpoint: Result | undefined;
  /**
   * Offers the state from which this task can go on to the same end result. Call it as often as you like and await it:
   * a state is kept only every few seconds of wall-clock time, so what a task computes must not depend on it. Give a
   * function where building the state takes time; it is called only for a state that is kept.
   *
   * @throws SvfError if the state is not a finite {@link Result}
   */
  readonly keep: (state: Result | (() => Result)) => Promise<void>;
  /**
   * Where tasks of all runs keep what others can use, as `openDiskStore` does; undefined where nothing is to be kept. What a
   * task computes must not depend on it.
   */
  readonly cacheFolder?: string | undefined;
}

/** A finished task: its config and what it measured. */
export interface Outcome<Config extends JsonObject> {
  readonly config: Config;
  readonly result: Result;
}

/**
 * One figure or theorem section of the paper. Everything is a pure function of a config: `tasks` lists
 * independent pieces of work as plain data, `run` does one of them (in any process), `claims`, `draw`, `film` and
 * `pages` read the results and compute nothing that takes time.
 */
export interface Experiment<Config extends JsonObject = JsonObject> {
  /** e.g. `fig-03`. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences for the report: what is trained or measured, and why. */
  readonly summary: string;
  /** The paper's figures that it serves, e.g. `['Fig. 1(b)', 'Fig. 2(a)']`. */
  readonly figures: readonly string[];
  /** The statements that it is about, where it is about theorems. */
  readonly formulations?: readonly Formulation[];
  /** Raised whenever `run` would give another result for the same config. */
  readonly version: number;
  readonly needsNetwork: boolean;
  /** Where it runs language models; else it is about toy models or theorems. */
  readonly runsLanguageModels?: true;
  /** Expected minutes on 2 cores. */
  readonly minutes: Readonly<Record<Profile, number>>;
  /**
   * `seed` is the run's base seed; every config carries the seed it uses. `models` are the language models that the run
   * was asked for, as `openModel` takes them; none means the bundled ones.
   */
  tasks(profile: Profile, seed: number, models?: readonly string[]): readonly Config[];
  /** sha256 of the weights that a task reads, by name; left out where a config says everything. */
  inputs?(config: Config): Promise<Readonly<Record<string, string>>>;
  run(config: Config, context: TaskContext): Promise<Result>;
  claims(outcomes: readonly Outcome<Config>[]): readonly Claim[];
  draw(outcomes: readonly Outcome<Config>[]): readonly Figure[];
  /** A training to be played on the report page, where the experiment has one to show. */
  film?(outcomes: readonly Outcome<Config>[]): Film;
  /** Pages that the report links to, where there is more to look at than a figure shows. */
  pages?(outcomes: readonly Outcome<Config>[]): readonly Page[];
}
