import { type AlignmentSummary, everySteps, rankedTargets } from '@svf-alignment/toy';
import { stack } from '../figures/concatenate.ts';
import { heatmap } from '../figures/heatmap.ts';
import { lineChart } from '../figures/lineChart.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimEqual } from '../lab/judgedClaim.ts';
import type { Result, Tensor } from '../lab/result.ts';
import { filmTensors } from './toy/filmTensors.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { tensorRows, trainedModel } from './toy/trainedModel.ts';
import { type TrainingDynamics, trainingDynamics } from './toy/trainingDynamics.ts';
import { trainingFilm } from './toy/trainingFilm.ts';
import { type TrainingMoments, trainingMoments } from './toy/trainingMoments.ts';
import { trainToy } from './toy/trainToy.ts';

const SEEDS = 5;
const SNAPSHOTS = 100;

/** Training dynamics of the default model: what moves first, and in which order pairs align. */
export const fig03: Experiment<ToyTask> = {
  id: 'fig-03',
  title: 'Training dynamics: how alignment comes about',
  summary:
    `The default model, looked at ${SNAPSHOTS} times during training, with ${SEEDS} seeds: each singular vector ` +
    'against its final self, each feature against its final self, and the two against each other. The claims about ' +
    'order are counted over seeds, as they come out.',
  figures: ['Fig. 3'],
  version: 2,
  needsNetwork: false,
  minutes: { quick: 0.2, paper: 0.6 },

  tasks: (profile, seed) =>
    Array.from({ length: SEEDS }, (_, i) => toyTask(`seed-${seed + i}`, 'default', profile, seed + i)),

  run: async (task, context) => {
    const { steps } = task.toy;
    const trained = await trainToy(
      task,
      context,
      everySteps(Math.max(1, Math.ceil(steps / SNAPSHOTS)), steps),
    );
    const dynamics = trainingDynamics(task.toy, trained.snapshots);
    const { values, tensors } = trainedModel(trained);
    return {
      values: { ...values, moments: trainingMoments(dynamics) },
      tensors: { ...tensors, ...dynamicsTensors(dynamics), ...filmTensors(task.toy, trained.snapshots) },
    };
  },

  claims: (outcomes) => {
    const moments = outcomes.map(({ result }) => result.values.moments as unknown as TrainingMoments);
    const seeds = `of ${moments.length} seeds`;
    const count = (holds: (moments: TrainingMoments) => boolean) => moments.filter(holds).length;
    const means = outcomes.map(
      ({ result }) => (result.values.alignment as unknown as AlignmentSummary).mean ?? 0,
    );
    const drops = moments.flatMap(({ lossDrop }) => lossDrop.filter((drop) => drop !== null));
    const expected = moments.length;
    return [
      claimAtLeast({
        id: 'fig-03/alignment',
        figure: 'Fig. 3',
        claim: 'At the end of training all features of interest are aligned (least mean |cos| over seeds).',
        paper: null,
        measured: Math.min(...means),
        bound: 0.999,
      }),
      claimEqual({
        id: 'fig-03/order',
        figure: 'Fig. 3; slides',
        claim: `Pairs align one at a time, in order of their targets: so many ${seeds} do.`,
        paper: 'in order',
        measured: count(({ aligned }) => inOrder(aligned)),
        expected,
        note: `Steps at which pairs of target rank 0, 1, 2, 3 stay aligned, by seed: ${listed(moments)}.`,
      }),
      claimEqual({
        id: 'fig-03/largest-first',
        figure: 'Fig. 3; slides',
        claim: `The pair with the largest target aligns first, alone or with another: in so many ${seeds}.`,
        paper: 'first',
        measured: count(({ aligned }) => largestFirst(aligned)),
        expected,
      }),
      claimEqual({
        id: 'fig-03/vectors-first',
        figure: 'Fig. 3; slides',
        claim: `Singular vectors settle first and features follow: in so many ${seeds}.`,
        paper: 'vectors first',
        measured: count(({ vectorsSettle, featuresSettle }) => earlier(vectorsSettle, featuresSettle)),
        expected,
        note: `Settled (|cos| with the final direction stays above 0.95), features then vectors, by seed: ${moments
          .map(({ featuresSettle, vectorsSettle }) => `${featuresSettle ?? '–'}, ${vectorsSettle ?? '–'}`)
          .join('; ')}.`,
      }),
      claimAtLeast({
        id: 'fig-03/loss-drop',
        figure: 'Slides',
        claim:
          'Each alignment comes with a drop of the attention loss: least fall of its divergence within ±500 steps.',
        paper: 'a drop',
        measured: drops.length > 0 ? Math.min(...drops) : 0,
        bound: 0.5,
        note: `Over all pairs and seeds; the largest fall is ${Math.max(0, ...drops).toFixed(2)}.`,
      }),
    ];
  },

  draw: (outcomes) => outcomes.slice(0, 1).map(dynamicsFigure),

  film: ([outcome]) => ({
    id: 'fig-03-film',
    title: 'A film of the training',
    caption:
      'Cosines of all features with each other and with the singular vectors, the singular values and the losses, ' +
      'while the model learns. Outlines mark where pairs of interest should come to lie: the query feature of rank k ' +
      `with the left singular vector uₖ, its key feature with the right vₖ. Seed ${outcome.config.toy.seed}; drag the slider or the loss curves.`,
    ...trainingFilm(outcome, [...outcome.result.tensors.steps.data]),
  }),
};

function inOrder(steps: readonly (number | null)[]): boolean {
  return steps.every(
    (step, k) => step !== null && (k === 0 || step > (steps[k - 1] ?? Number.POSITIVE_INFINITY)),
  );
}

function largestFirst([first, ...others]: readonly (number | null)[]): boolean {
  return first !== null && others.every((step) => step === null || step >= first);
}

function earlier(a: number | null, b: number | null): boolean {
  return a !== null && (b === null || a < b);
}

function listed(moments: readonly TrainingMoments[]): string {
  return moments.map(({ aligned }) => aligned.map((step) => step ?? '–').join(', ')).join('; ');
}

/** The curves of Fig. 3 as tensors, [pairs × snapshots] and [snapshots]. */
function dynamicsTensors(dynamics: TrainingDynamics): Record<string, Tensor> {
  const curve = (data: Float64Array): Tensor => ({ shape: [data.length], data });
  const curves = (rows: readonly Float64Array[]): Tensor => ({
    shape: [rows.length, rows[0].length],
    data: Float64Array.from(rows.flatMap((row) => [...row])),
  });
  const tensors: Record<string, Tensor> = {
    steps: curve(dynamics.steps),
    attention: curve(dynamics.attention),
    klDivergence: curve(dynamics.klDivergence),
  };
  for (const name of ['vectors', 'features', 'alignment'] as const) {
    tensors[`${name}.left`] = curves(dynamics[name].left);
    tensors[`${name}.right`] = curves(dynamics[name].right);
  }
  return tensors;
}

function dynamicsFigure({ config, result }: Outcome<ToyTask>): Figure {
  return {
    id: 'fig-03-dynamics',
    title: 'Singular vectors and features during training',
    caption:
      'Top to bottom: |cos| of left singular vector u_k with its final self; of the query feature of the pair of rank k ' +
      `with its final self; of the two with each other; and the attention loss. Seed ${config.toy.seed}.`,
    specification: dynamicsPanels(
      result,
      rankedTargets(config.toy).map(({ query }) => query),
    ),
  };
}

function dynamicsPanels({ tensors }: Result, queries: readonly number[]) {
  const steps = tensors.steps.data;
  const width = 460;
  const panel = (name: string, labels: string[], legend: string | null) =>
    heatmap({
      values: tensorRows(tensors[name]),
      rows: { labels },
      columns: { positions: steps, axis: 'none' },
      colours: 'sequential',
      domain: [0, 1],
      legend,
      width,
    });
  return stack([
    panel(
      'vectors.left',
      queries.map((_, k) => `u${k}`),
      '|cos|',
    ),
    panel(
      'features.left',
      queries.map((i) => `w${i}`),
      null,
    ),
    panel(
      'alignment.left',
      queries.map((i, k) => `u${k} · w${i}`),
      null,
    ),
    lineChart({
      series: [
        { name: 'attention loss', x: steps, y: tensors.attention.data },
        {
          name: 'of it divergence',
          x: steps,
          y: tensors.klDivergence.data.map((value) => Math.max(value, 1e-9)),
        },
      ],
      x: { title: 'step', domain: [steps[0], steps[steps.length - 1]] },
      y: { title: 'nats', scale: 'log' },
      width,
    }),
  ]);
}
