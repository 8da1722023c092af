/** How far a run is as a whole. */
export interface OverallProgress {
  /** Share of the expected work that is done, 0 to 1; work found in the store counts as done. */
  readonly fraction: number;
  /** Seconds to go, from the pace so far; an expectation, not a promise. */
  readonly secondsRemaining: number;
}

interface Entry {
  readonly minutes: number;
  /** Where the task stood when this run took it up; NaN until that is known. */
  base: number;
  fraction: number;
}

/** Share of the whole work after which the measured pace counts as much as the expected one. */
const PATIENCE = 0.05;

/**
 * Adds up the progress of tasks of unequal length. The unit of work is a minute as the experiments expect it; how long
 * such a minute takes on this machine is expected first and then measured.
 */
export class ProgressMeter {
  readonly #tasks: Entry[] = [];
  readonly #expectedPace: number;
  readonly #now: () => number;
  #start: number | undefined;

  /**
   * @param workers tasks that run at once; expected minutes hold for two
   * @param now milliseconds, of any zero
   */
  constructor(workers: number, now: () => number) {
    this.#expectedPace = (60 * 2) / Math.max(1, workers);
    this.#now = now;
  }

  /** Adds a task of that many expected minutes; returns its number. */
  add(minutes: number): number {
    return this.#tasks.push({ minutes: Math.max(minutes, 1e-9), base: 0, fraction: 0 }) - 1;
  }

  /** The task was done before this run. */
  skip(task: number): void {
    const entry = this.#tasks[task];
    if (entry !== undefined) entry.base = entry.fraction = 1;
  }

  /** A task begins; one that goes on from a checkpoint tells with its first report where it stood. */
  begin(task: number, resumed: boolean): void {
    this.#start ??= this.#now();
    const entry = this.#tasks[task];
    if (entry !== undefined && resumed) entry.base = Number.NaN;
  }

  report(task: number, fraction: number): void {
    const entry = this.#tasks[task];
    if (entry === undefined) return;
    if (Number.isNaN(entry.base)) entry.base = fraction;
    entry.fraction = Math.max(entry.fraction, fraction);
  }

  overall(): OverallProgress {
    let total = 0;
    let done = 0;
    let doneNow = 0;
    for (const { minutes, base, fraction } of this.#tasks) {
      total += minutes;
      done += minutes * fraction;
      doneNow += Number.isNaN(base) ? 0 : minutes * (fraction - base);
    }
    if (total === 0) return { fraction: 1, secondsRemaining: 0 };
    const elapsed = this.#start === undefined ? 0 : (this.#now() - this.#start) / 1000;
    const prior = PATIENCE * total;
    const pace = (elapsed + prior * this.#expectedPace) / (doneNow + prior);
    return { fraction: done / total, secondsRemaining: Math.max(0, total - done) * pace };
  }
}
