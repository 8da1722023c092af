import { alignmentSummary, everySteps, type ToyConfigInput } from '@svf-alignment/toy';
import type { Claim } from '../../lab/claim.ts';
import type { Experiment, Outcome, Profile } from '../../lab/experiment.ts';
import { claimAtLeast } from '../../lab/judgedClaim.ts';
import { alignmentBySetting } from './alignmentBySetting.ts';
import { robustnessFigures } from './robustnessFigures.ts';
import {
  RECONSTRUCTIONS,
  type Reconstruction,
  type RobustnessTask,
  type SweptSetting,
} from './robustnessTask.ts';
import { PAPER_STEPS, toyTask } from './toyTask.ts';
import { trainedModel } from './trainedModel.ts';
import { trainToy } from './trainToy.ts';

/** One of the paper's sweeps (Appendix A.2): a setting of the default model is varied. */
export interface Robustness extends SweptSetting {
  readonly figures: readonly string[];
  readonly title: string;
  readonly summary: string;
  readonly minutes: Experiment['minutes'];
  readonly values: Readonly<Record<Profile, readonly number[]>>;
  readonly change: (value: number) => ToyConfigInput;
  /** Values at which the paper says that features align; all of them by default. */
  readonly aligns?: (value: number) => boolean;
  /** Least mean |cos| that counts as aligned. */
  readonly bound: number;
  /** How often alignment is looked at during training; not at all by default. */
  readonly snapshots?: number;
}

const SEEDS: Readonly<Record<Profile, number>> = { quick: 2, paper: 5 };
/** Lengths of the quick profile: the mean reconstruction loss needs more steps than the sum. */
const QUICK_STEPS: Readonly<Record<Reconstruction, number>> = { mean: 24_000, sum: 10_000 };

/** A sweep as an experiment: every value with several seeds, under both readings of the reconstruction loss. */
export function robustness(sweep: Robustness): Experiment<RobustnessTask> {
  const { id, title, summary, figures, minutes, snapshots } = sweep;
  return {
    id,
    title,
    summary:
      `${summary} Every value with several seeds, and with both readings of the reconstruction loss: averaged over ` +
      'features, which is what the claims of the paper fit, and summed.',
    figures,
    version: 1,
    needsNetwork: false,
    minutes,

    tasks: (profile, seed) =>
      RECONSTRUCTIONS.flatMap((reconstruction) =>
        sweep.values[profile].flatMap((value) =>
          Array.from({ length: SEEDS[profile] }, (_, i) => ({
            value,
            ...toyTask(
              `${reconstruction}, ${sweep.symbol} = ${value}, seed ${seed + i}`,
              'default',
              profile,
              seed + i,
              {
                ...sweep.change(value),
                reconstruction,
                ...(profile === 'quick' && { steps: QUICK_STEPS[reconstruction] }),
              },
            ),
          })),
        ),
      ),

    run: async (task, context) => {
      const { steps } = task.toy;
      const at = snapshots === undefined ? [] : everySteps(Math.max(1, Math.ceil(steps / snapshots)), steps);
      const trained = await trainToy(task, context, at);
      const { values, tensors } = trainedModel(trained);
      const curve = trained.snapshots.flatMap(({ step, parameters }) => [
        step,
        alignmentSummary(task.toy, parameters).mean ?? 0,
      ]);
      return {
        values,
        tensors: {
          ...tensors,
          ...(curve.length > 0 && {
            curve: { shape: [curve.length / 2, 2], data: Float64Array.from(curve) },
          }),
        },
      };
    },

    claims: (outcomes) => RECONSTRUCTIONS.map((reconstruction) => claimOf(sweep, outcomes, reconstruction)),
    draw: (outcomes) => robustnessFigures(sweep, outcomes),
  };
}

function claimOf(
  { id, figures, name, symbol, aligns = () => true, bound }: Robustness,
  outcomes: readonly Outcome<RobustnessTask>[],
  reconstruction: Reconstruction,
): Claim {
  const settings = alignmentBySetting(outcomes, reconstruction).filter(({ value }) => aligns(value));
  const values = settings.map(({ value }) => value);
  const steps = outcomes.find(({ config }) => config.toy.reconstruction === reconstruction)?.config.toy.steps;
  const pairs = outcomes[0].config.toy.targets.length;
  const bySetting = settings.map(({ value, means, learned }) => {
    const least = Math.min(...means).toFixed(4);
    return `${value}: ${least}${learned < pairs ? ` (${learned} of ${pairs} pairs learned)` : ''}`;
  });
  const best = Math.min(...settings.flatMap(({ bestMeans }) => bestMeans));
  return claimAtLeast({
    id: `${id}/${reconstruction}`,
    figure: figures[0],
    claim:
      `With the reconstruction loss ${reconstruction === 'mean' ? 'averaged' : 'summed'} over features, features of ` +
      `interest align at every ${name} from ${Math.min(...values)} to ${Math.max(...values)} (least mean |cos| over ` +
      'values and seeds).',
    paper: 'aligned',
    measured: Math.min(...settings.flatMap(({ means }) => means)),
    bound,
    note:
      `${steps} steps${steps === PAPER_STEPS ? '' : ` (the paper profile trains for ${PAPER_STEPS})`}, ${settings[0].means.length} seeds. Least mean |cos| by ${symbol}: ${bySetting.join('; ')}. ` +
      `With the best singular vector for each feature, whatever its rank: ${best.toFixed(4)}.`,
  });
}
