import type { TargetPair, ToyConfigInput } from '@svf-alignment/toy';
import { beside, stack } from '../figures/concatenate.ts';
import { heatmap } from '../figures/heatmap.ts';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome, Profile } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimEqual } from '../lab/judgedClaim.ts';
import type { JsonObject } from '../lab/result.ts';
import { oneToOne, restOnOne, type SharedVectors, sharedVectors } from './toy/sharedVectors.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { tensorRows, trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/** A model of the figure, trained in one way with several numbers of pairs. */
interface Series {
  readonly name: string;
  readonly training: ToyConfigInput;
  /** From as many pairs as the head has dimensions. */
  readonly pairs: readonly number[];
}

type CapacityTask = ToyTask & { readonly series: string };

const MODEL_A = { features: 20, dimension: 10, headDimension: 5 };
const MODEL_B = { features: 40, dimension: 20, headDimension: 10 };
const UP_TO_10 = [5, 6, 7, 8, 9, 10];
const UP_TO_20 = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
/** Beside λ = 4 of Table 1, a smaller one: it settles in fewer steps, and keeps singular values further apart. */
const SERIES: Readonly<Record<Profile, readonly Series[]>> = {
  quick: [
    {
      name: 'a',
      training: { ...MODEL_A, reconstruction: 'mean', attentionWeight: 1, steps: 15_000 },
      pairs: UP_TO_10,
    },
    {
      name: 'b',
      training: { ...MODEL_B, reconstruction: 'mean', attentionWeight: 1, steps: 30_000 },
      pairs: [10, 15, 20],
    },
  ],
  paper: [
    { name: 'a', training: { ...MODEL_A, steps: 80_000 }, pairs: UP_TO_10 },
    { name: 'b', training: { ...MODEL_B, steps: 80_000 }, pairs: UP_TO_20 },
    {
      name: 'b-lambda-1',
      training: { ...MODEL_B, attentionWeight: 1, steps: 80_000 },
      pairs: UP_TO_20,
    },
  ],
};
/** Least |cos| of a feature that has a singular vector of its own. */
const ALIGNED = 0.95;
/** Columns of panels in a figure. */
const MOST_DRAWN = 6;

/** More pairs of interest than the head has dimensions. */
export const fig23: Experiment<CapacityTask> = {
  id: 'fig-23',
  title: 'More pairs of interest than the head has dimensions',
  summary:
    'Heads of 5 and of 10 dimensions with up to twice as many pairs of interest; targets fall by 1 from pair to pair, ' +
    'from 1 + the number of pairs to 2. Which pairs keep a singular vector of their own, and which share one?',
  figures: ['Fig. 23'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.3, paper: 4.5 },

  tasks: (profile, seed) =>
    SERIES[profile].flatMap(({ name, training, pairs }) =>
      pairs.map((count) => ({
        ...toyTask(`${name}-${count}`, 'over-capacity', profile, seed, {
          ...training,
          targets: fallingTargets(count),
        }),
        series: name,
      })),
    ),

  run: async (task, context) => {
    const trained = await trainToy(task, context);
    const { values, tensors } = trainedModel(trained);
    return { values: { ...values, shared: sharedVectors(task.toy, trained.state.parameters) }, tensors };
  },

  claims: (outcomes) => bySeries(outcomes).flatMap(claimsOf),
  draw: (outcomes) => bySeries(outcomes).map(figureOf),
};

/** Pair (k, k + pairs) with target 1 + pairs − k. */
function fallingTargets(pairs: number): TargetPair[] {
  return Array.from({ length: pairs }, (_, k) => ({ query: k, key: k + pairs, target: 1 + pairs - k }));
}

type Outcomes = readonly Outcome<CapacityTask>[];

function bySeries(outcomes: Outcomes): Outcomes[] {
  const names = [...new Set(outcomes.map(({ config }) => config.series))];
  return names.map((name) => outcomes.filter(({ config }) => config.series === name));
}

function sharedOf({ result }: Outcome<CapacityTask>): SharedVectors {
  return result.values.shared as SharedVectors;
}

function pairsOf({ config }: Outcome<CapacityTask>): number {
  return config.toy.targets.length;
}

function claimsOf(outcomes: Outcomes): Claim[] {
  const { series, toy } = outcomes[0].config;
  const { headDimension } = toy;
  const capacity = outcomes.filter((outcome) => pairsOf(outcome) === headDimension);
  const beyond = outcomes.filter((outcome) => pairsOf(outcome) > headDimension);
  const figure = figureName(series);
  const trained = `λ = ${toy.attentionWeight}, mean reconstruction loss, ${toy.steps} steps.`;
  const first = headDimension - 1;
  const leastOfFirst = (outcome: Outcome<CapacityTask>) =>
    Math.min(...sharedOf(outcome).cosines.slice(0, first));
  const listed = (text: (outcome: Outcome<CapacityTask>) => string) =>
    beyond.map((outcome) => `${pairsOf(outcome)}: ${text(outcome)}`).join('; ');
  return [
    claimAtLeast({
      id: `fig-23/${series}/at-capacity`,
      figure,
      claim: `With as many pairs as dimensions (${headDimension}), each has a singular vector of its own: least |cos| of any of their features.`,
      paper: 1,
      measured: Math.min(...capacity.flatMap((outcome) => sharedOf(outcome).cosines)),
      bound: 0.99,
      note: trained,
    }),
    claimEqual({
      id: `fig-23/${series}/one-to-one`,
      figure,
      claim: `With more, the ${first} pairs of largest target still have, one to one: so many of ${beyond.length} models.`,
      paper: beyond.length,
      measured: beyond.filter((outcome) => oneToOne(sharedOf(outcome), first)).length,
      expected: beyond.length,
      note: trained,
    }),
    claimAtLeast({
      id: `fig-23/${series}/alignment`,
      figure,
      claim: 'And they align with them: least |cos| of any of their features, whatever the number of pairs.',
      paper: null,
      measured: Math.min(...beyond.map(leastOfFirst)),
      bound: ALIGNED,
      note: `${trained} By number of pairs: ${listed((outcome) => leastOfFirst(outcome).toFixed(3))}.`,
    }),
    claimEqual({
      id: `fig-23/${series}/shared`,
      figure,
      claim: `All other pairs share the singular vector of the smallest singular value: so many of ${beyond.length} models.`,
      paper: beyond.length,
      measured: beyond.filter((outcome) => restOnOne(sharedOf(outcome), first)).length,
      expected: beyond.length,
      note:
        `${trained} Singular vectors closest to those pairs, from the largest target down, queries / keys, by number ` +
        `of pairs: ${listed((outcome) => sidesOf(sharedOf(outcome), first))}.`,
    }),
  ];
}

function sidesOf({ query, key }: SharedVectors, first: number): string {
  return `${query.slice(first).join(' ')} / ${key.slice(first).join(' ')}`;
}

/** `b-lambda-1` is a variant of Fig. 23(b). */
function figureName(series: string): string {
  return `Fig. 23(${series.slice(0, 1)})`;
}

function figureOf(outcomes: Outcomes): Figure {
  const { series, toy } = outcomes[0].config;
  const { features, dimension, headDimension, attentionWeight } = toy;
  const every = Math.max(1, Math.ceil((outcomes.length - 1) / (MOST_DRAWN - 1)));
  const drawn = outcomes.filter((_, i) => i % every === 0);
  return {
    id: `fig-23-alignment-${series}`,
    title: `More pairs than the ${headDimension} dimensions of the head, λ = ${attentionWeight}`,
    caption:
      `|cos| of query features with left singular vectors (top) and of key features with right ones (bottom), one row ` +
      `for each pair, largest target first. ${features} features in ${dimension} dimensions; number of pairs above each column.`,
    specification: stack([
      beside(drawn.map((outcome, i) => alignmentPanel(outcome, 'query', i, drawn.length))),
      beside(drawn.map((outcome, i) => alignmentPanel(outcome, 'key', i, drawn.length))),
    ]),
  };
}

function alignmentPanel(
  outcome: Outcome<CapacityTask>,
  side: 'query' | 'key',
  index: number,
  count: number,
): JsonObject {
  const { config, result } = outcome;
  const alignment = tensorRows(result.tensors[side === 'query' ? 'leftAlignment' : 'rightAlignment']);
  const letter = side === 'query' ? 'u' : 'v';
  return heatmap({
    values: config.toy.targets.map((pair) => alignment[pair[side]]),
    rows: {
      labels: config.toy.targets.map((_, k) => `${k}`),
      ...(index === 0 && { title: 'pair' }),
    },
    columns: { labels: Array.from(alignment[0], (_, k) => `${letter}${k}`) },
    colours: 'sequential',
    domain: [0, 1],
    legend: side === 'query' && index === count - 1 ? '|cos|' : null,
    cell: config.toy.headDimension > 5 ? 9 : 16,
    ...(side === 'query' && { title: `${pairsOf(outcome)} pairs` }),
  });
}
