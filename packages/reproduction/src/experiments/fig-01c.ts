import { type AlignmentSummary, rankedTargets } from '@svf-alignment/toy';
import { lineChart } from '../figures/lineChart.ts';
import { scatter } from '../figures/scatter.ts';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome, Profile } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimAtMost, claimEqual } from '../lab/judgedClaim.ts';
import { type ManyPairs, manyPairs } from './toy/manyPairs.ts';
import { alignmentMatrices, featureCosines, spectrum } from './toy/toyFigures.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/**
 * Weights of the attention loss; figures of one model show the first. With the mean reconstruction loss of the paper
 * λ weighs as 100 λ does with the summed one of the quick profile. λ = 4 is Table 1's.
 */
const WEIGHTS: Readonly<Record<Profile, readonly { weight: number; steps: number }[]>> = {
  quick: [
    { weight: 12, steps: 12_000 },
    { weight: 4, steps: 6_000 },
  ],
  paper: [
    { weight: 0.25, steps: 30_000 },
    { weight: 0.12, steps: 30_000 },
    { weight: 0.04, steps: 30_000 },
    { weight: 4, steps: 80_000 },
  ],
};

/** Twenty pairs of interest among a hundred features, at several weights of the attention loss. */
export const fig01c: Experiment<ToyTask> = {
  id: 'fig-01c',
  title: 'Twenty pairs of interest: forty features, each with a singular vector',
  summary:
    '100 features in 50 dimensions, 20 pairs with target logits 26 down to 7. The paper does not say at which weight ' +
    'λ of the attention loss it trained this model, so several are tried.',
  figures: ['Fig. 1(c)', 'Fig. 2(b)', 'Fig. 11(b)'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.5, paper: 3 },

  tasks: (profile, seed) =>
    WEIGHTS[profile].map(({ weight, steps }) =>
      toyTask(`lambda-${weight}`, 'multi-pair', profile, seed, { attentionWeight: weight, steps }),
    ),

  run: async (task, context) => {
    const trained = await trainToy(task, context);
    const { values, tensors } = trainedModel(trained);
    return { values: { ...values, manyPairs: manyPairs(task.toy, trained.state.parameters) }, tensors };
  },

  claims: (outcomes) => outcomes.flatMap(claimsOf),
  draw: (outcomes) => [...outcomes.slice(0, 1).flatMap(modelFigures), ...weightFigures(outcomes)],
};

function measured({ result }: Outcome<ToyTask>): ManyPairs {
  return result.values.manyPairs as ManyPairs;
}

function claimsOf(outcome: Outcome<ToyTask>): Claim[] {
  const { config, result } = outcome;
  const { reconstruction, steps, targets } = config.toy;
  const { aligned, singularValues, spectrumCorrelation, interference, typicalInterference } =
    measured(outcome);
  const alignment = result.values.alignment as unknown as AlignmentSummary;
  const id = (figure: string, name: string) => `${figure}/${config.name}/${name}`;
  const note = `${weightName(outcome)}, ${reconstruction} reconstruction loss, ${steps} steps.`;
  return [
    claimEqual({
      id: id('fig-11b', 'all-aligned'),
      figure: 'Fig. 2(b), 11(b)',
      claim: `All ${2 * targets.length} features of interest align (|cos| > 0.9) with the singular vector of their rank.`,
      paper: 2 * targets.length,
      measured: aligned,
      expected: 2 * targets.length,
      note: `${note} Least |cos| of a pair: ${Math.min(...measured(outcome).cosines).toFixed(3)}.`,
    }),
    claimAtLeast({
      id: id('fig-11b', 'alignment'),
      figure: 'Fig. 2(b), 11(b)',
      claim: 'Their mean |cos| with the singular vector of their rank.',
      paper: 1,
      measured: alignment.mean ?? 0,
      bound: 0.985,
      note: `${note} With the best singular vector on each side: ${(alignment.meanMax ?? 0).toFixed(3)}.`,
    }),
    claimAtLeast({
      id: id('fig-02b', 'spectrum'),
      figure: 'Fig. 2(b)',
      claim:
        'Singular values reflect target logits: correlation of the targets with the singular values that the query ' +
        'features align with.',
      paper: 'linear decline',
      measured: spectrumCorrelation,
      bound: 0.98,
      note: `${note} Singular values ${singularValues[0].toFixed(1)} to ${singularValues[singularValues.length - 1].toFixed(1)}, targets ${targets[0].target} to ${targets[targets.length - 1].target}.`,
    }),
    claimAtMost({
      id: id('fig-01c', 'orthogonal'),
      figure: 'Fig. 1(c)',
      claim: 'Features of interest are orthogonal to all other features (largest |cos|).',
      paper: 0,
      measured: interference,
      bound: 0.05,
      note: `${note} Root mean square: ${typicalInterference.toFixed(4)}.`,
    }),
  ];
}

function weightName({ config }: Outcome<ToyTask>): string {
  return `λ = ${config.toy.attentionWeight}`;
}

function modelFigures(outcome: Outcome<ToyTask>): Figure[] {
  const { config, result } = outcome;
  const targets = config.toy.targets.map(({ target }) => target);
  const pairs = targets.length;
  return [
    {
      id: 'fig-01c-features',
      title: `Cosines of features, ${pairs} pairs`,
      caption: `Features 0 to ${2 * pairs - 1} are those of interest, queries first. ${weightName(outcome)}.`,
      specification: featureCosines(result),
    },
    {
      id: 'fig-11b-alignment',
      title: `Features and singular vectors, ${pairs} pairs`,
      caption:
        `|cos| of the features of interest with every singular vector: query features 0–${pairs - 1} take ` +
        `u0–u${pairs - 1}, key features ${pairs}–${2 * pairs - 1} take v0–v${pairs - 1}. ${weightName(outcome)}.`,
      specification: alignmentMatrices(result, 2 * pairs),
    },
    {
      id: 'fig-02b-spectrum',
      title: `Spectrum of the head, ${pairs} pairs`,
      caption: `Singular values of Ω beside the target logits. ${weightName(outcome)}.`,
      specification: spectrum(result, targets),
    },
  ];
}

function weightFigures(outcomes: readonly Outcome<ToyTask>[]): Figure[] {
  const ranked = outcomes.map(({ config }) => rankedTargets(config.toy).map(({ target }) => target));
  return [
    {
      id: 'fig-11b-weights',
      title: 'Alignment of each pair, by λ',
      caption:
        '|cos| of the features of a pair with the singular vectors of its rank, mean of the two sides.',
      specification: lineChart({
        series: outcomes.map((outcome, i) => ({
          name: weightName(outcome),
          x: ranked[i].map((_, k) => k),
          y: measured(outcome).cosines,
        })),
        x: { title: 'rank of the pair' },
        y: { title: '|cos|', domain: [0, 1] },
        points: true,
      }),
    },
    {
      id: 'fig-02b-weights',
      title: 'Singular values and targets, by λ',
      caption:
        'The singular value that each query feature aligns with, against the target logit of its pair. The line is equality.',
      specification: scatter({
        groups: outcomes.map((outcome, i) => ({
          name: weightName(outcome),
          x: ranked[i],
          y: measured(outcome).singularValues,
        })),
        x: { title: 'target logit' },
        y: { title: 'singular value' },
        diagonal: [Math.min(...ranked.flat()), Math.max(...ranked.flat())],
      }),
    },
  ];
}
