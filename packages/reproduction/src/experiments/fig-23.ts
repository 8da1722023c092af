import type { TargetPair, ToyConfigInput } from '@svf-alignment/toy';
import { beside, stack } from '../figures/concatenate.ts';
import { heatmap } from '../figures/heatmap.ts';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome, Profile } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimEqual } from '../lab/judgedClaim.ts';
import type { JsonObject } from '../lab/result.ts';
import { lastIsShared, type SharedVectors, sharedVectors } from './toy/sharedVectors.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { tensorRows, trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

type Panel = 'a' | 'b';
type CapacityTask = ToyTask & { readonly panel: Panel };

/** The two models; from as many pairs as the head has dimensions to as many as there are features for. */
const MODELS = {
  a: { features: 20, dimension: 10, headDimension: 5 },
  b: { features: 40, dimension: 20, headDimension: 10 },
} as const;
const PAIRS: Readonly<Record<Profile, Readonly<Record<Panel, readonly number[]>>>> = {
  quick: { a: [5, 6, 7, 8, 9, 10], b: [10, 15, 20] },
  paper: { a: [5, 6, 7, 8, 9, 10], b: [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] },
};
/** With the mean reconstruction loss throughout; a smaller λ settles in fewer steps. */
const TRAINING: Readonly<Record<Profile, Readonly<Record<Panel, ToyConfigInput>>>> = {
  quick: {
    a: { reconstruction: 'mean', attentionWeight: 1, steps: 15_000 },
    b: { reconstruction: 'mean', attentionWeight: 1, steps: 30_000 },
  },
  paper: { a: { steps: 80_000 }, b: { steps: 80_000 } },
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
  minutes: { quick: 0.3, paper: 2.5 },

  tasks: (profile, seed) =>
    (['a', 'b'] as const).flatMap((panel) =>
      PAIRS[profile][panel].map((pairs) => ({
        ...toyTask(`${panel}-${pairs}`, 'over-capacity', profile, seed, {
          ...MODELS[panel],
          ...TRAINING[profile][panel],
          targets: fallingTargets(pairs),
        }),
        panel,
      })),
    ),

  run: async (task, context) => {
    const trained = await trainToy(task, context);
    const { values, tensors } = trainedModel(trained);
    return { values: { ...values, shared: sharedVectors(task.toy, trained.state.parameters) }, tensors };
  },

  claims: (outcomes) => byPanel(outcomes).flatMap(([panel, group]) => claimsOf(panel, group)),
  draw: (outcomes) => byPanel(outcomes).map(([panel, group]) => figureOf(panel, group)),
};

/** Pair (k, k + pairs) with target 1 + pairs − k. */
function fallingTargets(pairs: number): TargetPair[] {
  return Array.from({ length: pairs }, (_, k) => ({ query: k, key: k + pairs, target: 1 + pairs - k }));
}

type Outcomes = readonly Outcome<CapacityTask>[];

function byPanel(outcomes: Outcomes): [Panel, Outcomes][] {
  return (['a', 'b'] as const).map((panel) => [
    panel,
    outcomes.filter(({ config }) => config.panel === panel),
  ]);
}

function sharedOf({ result }: Outcome<CapacityTask>): SharedVectors {
  return result.values.shared as SharedVectors;
}

function pairsOf({ config }: Outcome<CapacityTask>): number {
  return config.toy.targets.length;
}

function claimsOf(panel: Panel, outcomes: Outcomes): Claim[] {
  const { headDimension, attentionWeight, steps } = outcomes[0].config.toy;
  const capacity = outcomes.filter((outcome) => pairsOf(outcome) === headDimension);
  const beyond = outcomes.filter((outcome) => pairsOf(outcome) > headDimension);
  const figure = `Fig. 23(${panel})`;
  const first = headDimension - 1;
  const leastOfFirst = (outcome: Outcome<CapacityTask>) => Math.min(...sharedOf(outcome).own.slice(0, first));
  const listed = (text: (outcome: Outcome<CapacityTask>) => string) =>
    beyond.map((outcome) => `${pairsOf(outcome)}: ${text(outcome)}`).join('; ');
  return [
    claimAtLeast({
      id: `fig-23${panel}/at-capacity`,
      figure,
      claim: `With as many pairs as dimensions (${headDimension}), each has a singular vector of its own: least |cos| of any of their features.`,
      paper: 1,
      measured: Math.min(...capacity.flatMap((outcome) => sharedOf(outcome).own)),
      bound: 0.99,
      note: `λ = ${attentionWeight}, mean reconstruction loss, ${steps} steps.`,
    }),
    claimAtLeast({
      id: `fig-23${panel}/one-to-one`,
      figure,
      claim: `With more, the ${first} pairs of largest target still do: least |cos| of any of their features, whatever the number of pairs.`,
      paper: 'one-to-one',
      measured: Math.min(...beyond.map(leastOfFirst)),
      bound: ALIGNED,
      note: `By number of pairs: ${listed((outcome) => leastOfFirst(outcome).toFixed(3))}.`,
    }),
    claimEqual({
      id: `fig-23${panel}/shared`,
      figure,
      claim: `All other pairs share the singular vector of the smallest singular value: so many of ${beyond.length} models.`,
      paper: beyond.length,
      measured: beyond.filter((outcome) => lastIsShared(sharedOf(outcome))).length,
      expected: beyond.length,
      note:
        'Singular vectors closest to those pairs, from the largest target down, queries / keys, by number of pairs: ' +
        `${listed((outcome) => sidesOf(sharedOf(outcome), first))}.`,
    }),
  ];
}

function sidesOf({ query, key }: SharedVectors, first: number): string {
  return `${query.slice(first).join(' ')} / ${key.slice(first).join(' ')}`;
}

function figureOf(panel: Panel, outcomes: Outcomes): Figure {
  const { features, dimension, headDimension } = outcomes[0].config.toy;
  const every = Math.max(1, Math.ceil((outcomes.length - 1) / (MOST_DRAWN - 1)));
  const drawn = outcomes.filter((_, i) => i % every === 0);
  return {
    id: `fig-23${panel}-alignment`,
    title: `Head of ${headDimension} dimensions, more pairs than that`,
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
