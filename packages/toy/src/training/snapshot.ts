import type { Losses } from '../model/losses.ts';
import type { ToyParameters } from '../model/toyParameters.ts';

/** The model after `step` steps. */
export interface Snapshot {
  readonly step: number;
  readonly parameters: ToyParameters;
  /** On the held-out batch. */
  readonly losses: Losses;
}

/** Steps 0, every, 2·every, …, and the last. */
export function everySteps(every: number, steps: number): number[] {
  const schedule = Array.from({ length: Math.ceil(steps / every) }, (_, i) => i * every);
  return [...schedule, steps];
}
