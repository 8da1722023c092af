import { SingleBar } from 'cli-progress';
import type { OutputOptions } from '../options/commonOptions.ts';
import { duration } from './duration.ts';

/** What is seen while a command works: on stderr, only if that is a terminal, and not with --quiet. */
export class Progress {
  readonly #bar: SingleBar | undefined;
  #started = performance.now();
  #startedAt = 0;
  #label: string;
  #fraction = 0;

  constructor({ quiet }: Pick<OutputOptions, 'quiet'>, label: string) {
    this.#label = label;
    if (quiet || !process.stderr.isTTY) return;
    this.#bar = new SingleBar({
      stream: process.stderr,
      format: '{label} {bar} {percentage}%{remaining}',
      barsize: 30,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: false,
      clearOnComplete: true,
      gracefulExit: false,
      fps: 10,
    });
    this.#start();
  }

  /** @param secondsRemaining if left out, from the time taken so far */
  update(fraction: number, label = this.#label, secondsRemaining?: number): void {
    this.#label = label;
    const elapsed = (performance.now() - this.#started) / 1000;
    const done = fraction - this.#startedAt;
    const seconds = secondsRemaining ?? (done > 0 ? (elapsed * (1 - fraction)) / done : undefined);
    this.#fraction = fraction;
    this.#bar?.update(fraction, {
      label,
      remaining: seconds === undefined ? '' : `  ${duration(seconds)} left`,
    });
  }

  /** Says that this much had been done before, so that it does not count for the pace. */
  resumeAt(fraction: number): void {
    this.#started = performance.now();
    this.#startedAt = fraction;
    this.update(fraction);
  }

  /** Takes the bar away while `print` writes, so that lines do not run into it. */
  aside(print: () => void): void {
    this.#bar?.stop();
    print();
    if (this.#bar !== undefined) this.#start();
  }

  stop(): void {
    this.#bar?.stop();
  }

  #start(): void {
    this.#bar?.start(1, this.#fraction, { label: this.#label, remaining: '' });
  }
}
