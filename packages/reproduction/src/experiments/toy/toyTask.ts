import {
  type PresetName,
  parseToyConfig,
  presets,
  type ToyConfig,
  type ToyConfigInput,
} from '@svf-alignment/toy';
import type { Profile } from '../../lab/experiment.ts';

/** One training: what the claims and figures call it, and everything that it depends on. */
export type ToyTask = { readonly name: string; readonly toy: ToyConfig };

/** The steps of the `paper` profile: training has settled by then. */
export const PAPER_STEPS = 30_000;

/** The paper's reading of the reconstruction loss, and its length. */
const PAPER = { reconstruction: 'mean', steps: PAPER_STEPS } as const satisfies ToyConfigInput;

/**
 * A preset as a task. The `paper` profile trains with the mean reconstruction loss for 30 000 steps, `quick` as the
 * preset says.
 */
export function toyTask(
  name: string,
  preset: PresetName,
  profile: Profile,
  seed: number,
  changes: ToyConfigInput = {},
): ToyTask {
  const lengths = profile === 'paper' ? PAPER : {};
  return { name, toy: parseToyConfig({ ...presets[preset], ...lengths, ...changes, seed }) };
}
