import { parameterMatrix, type ToyConfig } from '@svf-alignment/toy';
import { beside } from '../figures/concatenate.ts';
import { heatmap } from '../figures/heatmap.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast } from '../lab/judgedClaim.ts';
import type { Result } from '../lab/result.ts';
import { bandEnergies } from './toy/bandEnergies.ts';
import { type RotaryPair, rotaryPairs } from './toy/rotaryPairs.ts';
import { alignmentMatrices, spectrum } from './toy/toyFigures.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { matrixTensor, tensorRows, trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

const SEEDS = 3;
/** With the mean reconstruction loss, features settle later than in the default model. */
const PAPER_STEPS = 60_000;

/** Rotary positions: one pair's target turns with the distance of its tokens, the others' do not. */
export const fig21: Experiment<ToyTask> = {
  id: 'fig-21',
  title: 'Alignment under rotary positions',
  summary:
    'A head with rotary positions over 40 tokens. Three pairs have targets that do not depend on position; the target ' +
    'of the fourth is multiplied by the cosine of band 1, whose period is about the context length.',
  figures: ['Fig. 21', 'Fig. 22'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.3 },

  tasks: (profile, seed) =>
    Array.from({ length: SEEDS }, (_, i) =>
      toyTask(
        `seed-${seed + i}`,
        'rope',
        profile,
        seed + i,
        profile === 'paper' ? { steps: PAPER_STEPS } : {},
      ),
    ),

  run: async (task, context) => {
    const trained = await trainToy(task, context);
    const { parameters } = trained.state;
    const { values, tensors } = trainedModel(trained);
    const features = parameterMatrix(task.toy, parameters, 'W');
    return {
      values: { ...values, rotaryPairs: rotaryPairs(task.toy, parameters) },
      tensors: {
        ...tensors,
        queryBands: matrixTensor(bandEnergies(features, parameterMatrix(task.toy, parameters, 'A'))),
        keyBands: matrixTensor(bandEnergies(features, parameterMatrix(task.toy, parameters, 'B'))),
      },
    };
  },

  claims: (outcomes) => {
    const pairs = outcomes.flatMap(
      ({ result }) => result.values.rotaryPairs as unknown as readonly RotaryPair[],
    );
    const steady = pairs.filter(({ positional }) => !positional);
    const turning = pairs.filter(({ positional }) => positional);
    const note = `Least over both sides and ${outcomes.length} seeds.`;
    const least = (some: readonly RotaryPair[], name: 'cosines' | 'inBands') =>
      Math.min(...some.flatMap((pair) => pair[name]));
    return [
      claimAtLeast({
        id: 'fig-21/position-independent',
        figure: 'Fig. 21',
        claim:
          'Features of position-independent pairs align with singular vectors of Ω (|cos| with the closest one).',
        paper: 'strong',
        measured: least(steady, 'cosines'),
        bound: 0.98,
        note,
      }),
      claimAtLeast({
        id: 'fig-21/positional',
        figure: 'Fig. 21',
        claim: 'The positional pair is aligned with singular vectors too.',
        paper: 'aligned',
        measured: least(turning, 'cosines'),
        bound: 0.98,
        note,
      }),
      claimAtLeast({
        id: 'fig-22/positional',
        figure: 'Fig. 22',
        claim:
          'Positional features are allocated to band 1, that of their target: share of their energy in it.',
        paper: 'allocated',
        measured: least(turning, 'inBands'),
        bound: 0.95,
        note,
      }),
      claimAtLeast({
        id: 'fig-22/position-independent',
        figure: 'Fig. 22',
        claim:
          'Position-independent features are allocated to bands that turn slowly: share of their energy in bands 2 to 4.',
        paper: 'allocated',
        measured: least(steady, 'inBands'),
        bound: 0.95,
        note,
      }),
    ];
  },

  draw: (outcomes) => outcomes.slice(0, 1).flatMap(figuresOf),
};

function figuresOf({ config, result }: Outcome<ToyTask>): Figure[] {
  const { targets } = config.toy;
  const ofInterest = 1 + Math.max(...targets.flatMap(({ query, key }) => [query, key]));
  const seed = `Seed ${config.toy.seed}.`;
  return [
    {
      id: 'fig-21-alignment',
      title: 'Features and singular vectors under rotary positions',
      caption:
        '|cos| of the features of interest with every singular vector of Ω = ABᵀ. Pairs (0, 3), (1, 4), (2, 5) do not ' +
        `depend on position; (6, 7) does. ${seed}`,
      specification: alignmentMatrices(result, ofInterest),
    },
    {
      id: 'fig-21-spectrum',
      title: 'Spectrum of Ω under rotary positions',
      caption: `Singular values beside the target logits. ${seed}`,
      specification: spectrum(
        result,
        targets.map(({ target }) => target),
      ),
    },
    {
      id: 'fig-22-bands',
      title: 'Features in the bands of the head',
      caption:
        'Share of each feature’s energy in the five rotary bands, of queries left, of keys right. Bands turn with ' +
        `periods of 6, 40, 250, 1 580 and 9 960 tokens. Features 6 and 7 are the positional pair. ${seed}`,
      specification: bandFigure(result, config.toy),
    },
  ];
}

function bandFigure({ tensors }: Result, { targets }: ToyConfig) {
  const panel = (name: 'queryBands' | 'keyBands', features: readonly number[], legend: string | null) => {
    const rows = tensorRows(tensors[name]);
    return heatmap({
      values: features.map((feature) => rows[feature]),
      rows: { labels: features.map((feature) => `w${feature}`) },
      columns: {
        labels: Array.from(rows[0], (_, band) => `${band}`),
        title: name === 'queryBands' ? 'band, query weights' : 'band, key weights',
      },
      colours: 'sequential',
      domain: [0, 1],
      legend,
      decimals: 2,
    });
  };
  return beside([
    panel(
      'queryBands',
      targets.map(({ query }) => query),
      null,
    ),
    panel(
      'keyBands',
      targets.map(({ key }) => key),
      'share',
    ),
  ]);
}
