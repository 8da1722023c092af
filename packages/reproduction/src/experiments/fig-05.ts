import { everySteps, rankedTargets } from '@svf-alignment/toy';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimAtMost, claimEqual } from '../lab/judgedClaim.ts';
import { type Decomposition, decomposition } from './toy/decomposition.ts';
import { contributionScatter, earlyAndLate, sparsityCurves } from './toy/decompositionFigures.ts';
import type { ContextClass } from './toy/sparsityByClass.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

const SEEDS = 5;
const SNAPSHOTS = 50;
/** The early end of Fig. 5: attention is no longer random, singular vectors are not aligned yet. */
const EARLY = 100;
const CONTEXTS = 1000;
const SHOWN = 150;
/** Sparse attention decomposition: relative attention comes from the singular vectors of the features present. */
export const fig05: Experiment<ToyTask> = {
  id: 'fig-05',
  title: 'Sparse attention decomposition: which features are present shows in the singular vectors',
  summary:
    `The default model with ${SEEDS} seeds. Relative attention on a key is cut into the contributions of the singular ` +
    'vector pairs, for contexts in which one pair of interest is present in query and key, two are, or none of their ' +
    `features occurs; ${CONTEXTS} contexts of each class, other features as in training.`,
  figures: ['Fig. 5', 'Fig. 6', 'Fig. 7(a)', 'Fig. 24'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed) =>
    Array.from({ length: SEEDS }, (_, i) => toyTask(`seed-${seed + i}`, 'default', profile, seed + i)),

  run: async (task, context) => {
    const { steps } = task.toy;
    const every = everySteps(Math.max(1, Math.ceil(steps / SNAPSHOTS)), steps);
    const at = [...new Set([...every, Math.min(EARLY, steps)])].sort((a, b) => a - b);
    const trained = await trainToy(task, context, at);
    const { values, tensors } = trainedModel(trained);
    const decomposed = decomposition(trained, Math.min(EARLY, steps), CONTEXTS);
    return {
      values: { ...values, decomposition: decomposed.measures },
      tensors: { ...tensors, ...decomposed.tensors },
    };
  },

  claims: claimsOf,
  draw: figuresOf,
};

function claimsOf(outcomes: readonly Outcome<ToyTask>[]): Claim[] {
  const measures = outcomes.map(({ result }) => result.values.decomposition as Decomposition);
  const over = (value: (measures: Decomposition) => number) => measures.map(value);
  const least = (value: (measures: Decomposition) => number) => Math.min(...over(value));
  const most = (value: (measures: Decomposition) => number) => Math.max(...over(value));
  const listed = (value: (measures: Decomposition) => number) =>
    over(value)
      .map((number) => number.toFixed(3))
      .join(', ');
  return [
    claimAtLeast({
      id: 'fig-05/early-and-late',
      figure: 'Fig. 5',
      claim: `With one pair present, contributions are not sparse after ${EARLY} steps but are at the end (a early over a late, least over seeds).`,
      paper: 'sparse only late',
      measured: least(({ sparser }) => sparser),
      bound: 2,
    }),
    claimAtLeast({
      id: 'fig-05/one-contribution',
      figure: 'Fig. 5',
      claim:
        'At the end only the singular vectors of the pair that is present contribute (their share, mean over contexts, least over seeds).',
      paper: 'one significant contribution',
      measured: least(({ ownShare }) => ownShare),
      bound: 0.99,
    }),
    claimAtLeast({
      id: 'fig-06/product',
      figure: 'Fig. 6',
      claim:
        'A contribution correlates with the strength of its pair, in the query times in the attended key (least over pairs and seeds).',
      paper: 'correlates',
      measured: least(({ productCorrelation }) => productCorrelation),
      bound: 0.5,
      note: 'Contexts drawn as in training. The product leaves out how strong the feature is in the other keys.',
    }),
    claimAtLeast({
      id: 'fig-06/relative',
      figure: 'Fig. 6',
      claim:
        'It correlates with the strength in the query times what the attended key has above the mean of the others (least over pairs and seeds).',
      paper: null,
      measured: least(({ relativeCorrelation }) => relativeCorrelation),
      bound: 0.999,
    }),
    claimAtMost({
      id: 'fig-06/slope',
      figure: 'Fig. 6',
      claim:
        'The contribution per unit of that strength is the target logit of the pair (largest relative deviation).',
      paper: null,
      measured: most(({ slopeError }) => slopeError),
      bound: 0.015,
    }),
    claimAtMost({
      id: 'fig-07a/one',
      figure: 'Fig. 7(a)',
      claim: 'With one pair present the decomposition is as sparse as can be, 0.1 (largest a over seeds).',
      paper: null,
      measured: most(({ sparsity }) => sparsity.one),
      bound: 0.11,
    }),
    claimAtMost({
      id: 'fig-07a/two',
      figure: 'Fig. 7(a)',
      claim: 'With two pairs present it is sparse too (largest a over seeds).',
      paper: null,
      measured: most(({ sparsity }) => sparsity.two),
      bound: 0.21,
      note: 'Two contributions of the same size would be 0.2; strengths here are drawn from U(0, 1).',
    }),
    claimEqual({
      id: 'fig-07a/order',
      figure: 'Fig. 7(a)',
      claim:
        'At the end it is sparser with one pair present than with two, and with two than with none: so many seeds.',
      paper: 'one, two, none',
      measured: over(({ sparsity: { one, two, none } }) => Number(one < two && two < none)).reduce(
        (sum, held) => sum + held,
        0,
      ),
      expected: outcomes.length,
      note: `Without a pair a is, by seed: ${listed(({ sparsity }) => sparsity.none)}.`,
    }),
    claimAtLeast({
      id: 'fig-07a/none',
      figure: 'Fig. 7(a)',
      claim: 'It is much less sparse without a pair than with one (a without over a with, least over seeds).',
      paper: 'much less sparse',
      measured: least(({ sparsity: { one, none } }) => none / one),
      bound: 1.5,
    }),
    claimAtMost({
      id: 'fig-07a/with-alignment',
      figure: 'Fig. 7(a)',
      claim:
        'Contributions become sparse as singular vectors align: correlation over training of a, one pair present, with mean |cos| (largest over seeds).',
      paper: 'consistent',
      measured: most(({ withAlignment }) => withAlignment),
      bound: -0.9,
    }),
    claimAtLeast({
      id: 'fig-24/none',
      figure: 'Fig. 24',
      claim:
        'Without features of interest contributions do not become sparse (a at the end over a at the start, least over seeds).',
      paper: 'not sparse',
      measured: least(({ noneKept }) => noneKept),
      bound: 0.9,
      note: `By seed: ${listed(({ noneKept }) => noneKept)}. What is decomposed here is next to nothing: relative attention is at most ${most(({ noneSize }) => noneSize).toExponential(0)} of its size with one pair present.`,
    }),
  ];
}

function figuresOf(outcomes: readonly Outcome<ToyTask>[]): Figure[] {
  const [{ config, result }] = outcomes;
  const pairs = rankedTargets(config.toy);
  const of = (name: ContextClass) =>
    earlyAndLate(result.tensors[`example.${name}`], [Math.min(EARLY, config.toy.steps), config.toy.steps]);
  const pairName = (rank: number) => `(${pairs[rank].query}, ${pairs[rank].key})`;
  return [
    {
      id: 'fig-05-one-pair',
      title: 'Relative attention decomposed, one pair present',
      caption: `Contributions of the singular vector pairs in a context with pair ${pairName(0)} at strength 1, early and late in training (mind the axes). At the end one is left, of the size of the target logit ${pairs[0].target}. Seed ${config.toy.seed}.`,
      specification: of('one'),
    },
    {
      id: 'fig-05-two-pairs',
      title: 'The same, two pairs present',
      caption: `The same context with pair ${pairName(2)} added, target logit ${pairs[2].target}: each pair present has its contribution.`,
      specification: of('two'),
    },
    {
      id: 'fig-24-none',
      title: 'The same, no feature of interest present',
      caption: 'The same context without pairs. What is left at the end is noise, as its axis tells.',
      specification: of('none'),
    },
    {
      id: 'fig-06-strength',
      title: 'Contribution against strength in the input',
      caption: `${SHOWN} contexts as in training, each pair with the singular vectors of its rank. Left: against the product of strengths. Right: with what the attended key has above the mean of the other keys, which is what attention sees.`,
      specification: contributionScatter(
        pairs.map(({ query, key }) => `(${query}, ${key})`),
        result,
        SHOWN,
      ),
    },
    {
      id: 'fig-07a-sparsity',
      title: 'Sparsity through training',
      caption: `Mean sparsity of contributions in ${CONTEXTS} contexts of each class, from 0.1 (one contribution) to 1 (all equal). Mean over ${outcomes.length} seeds with the 95 % confidence interval of that mean.`,
      specification: sparsityCurves(outcomes.map((outcome) => outcome.result)),
    },
  ];
}
