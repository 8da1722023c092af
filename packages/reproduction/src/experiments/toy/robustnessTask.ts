import type { ToyTask } from './toyTask.ts';

/** One training of a sweep: the value of the setting that is varied. */
export type RobustnessTask = ToyTask & { readonly value: number };

/** What figures and claims say of the setting that a sweep varies. */
export interface SweptSetting {
  /** Of the experiment, e.g. `fig-12`. */
  readonly id: string;
  /** The setting in words and as a symbol, e.g. `feature probability` and `p`. */
  readonly name: string;
  readonly symbol: string;
  readonly scale: 'linear' | 'log';
}

/** The two readings of the reconstruction loss; the paper's first. */
export const RECONSTRUCTIONS = ['mean', 'sum'] as const;
export type Reconstruction = (typeof RECONSTRUCTIONS)[number];

export const reconstructionNames: Readonly<Record<Reconstruction, string>> = {
  mean: 'loss averaged over features',
  sum: 'loss summed over features',
};
