import type { AlignmentSummary } from '@svf-alignment/toy';
import { heatmap } from '../figures/heatmap.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import { claimAtLeast, claimAtMost } from '../lab/judgedClaim.ts';
import { meanAndDeviation } from './toy/meanAndDeviation.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

const SEEDS = 5;

/** The default model from five random starts. */
export const fig18: Experiment<ToyTask> = {
  id: 'fig-18',
  title: 'Alignment over random seeds',
  summary: `The default model trained from ${SEEDS} random starts: does every one of them align?`,
  figures: ['Fig. 18'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.4 },

  tasks: (profile, seed) =>
    Array.from({ length: SEEDS }, (_, i) => toyTask(`seed-${seed + i}`, 'default', profile, seed + i)),

  run: async (task, context) => trainedModel(await trainToy(task, context)),

  claims: (outcomes) => {
    const means = outcomes.map((outcome) => summaryOf(outcome).mean ?? 0);
    return [
      claimAtLeast({
        id: 'fig-18/every-seed',
        figure: 'Fig. 18',
        claim: 'Alignment occurs with every seed (least mean |cos|).',
        paper: '0.999 ± 0.001',
        measured: Math.min(...means),
        bound: 0.999,
        note: `Mean |cos| by seed: ${means.map((mean) => mean.toFixed(6)).join(', ')}.`,
      }),
      claimAtMost({
        id: 'fig-18/deviation',
        figure: 'Slides',
        claim: 'It hardly differs between seeds (standard deviation of the mean |cos|).',
        paper: 0.001,
        measured: meanAndDeviation(means).deviation,
        bound: 0.001,
      }),
    ];
  },

  draw: (outcomes) => [
    {
      id: 'fig-18-seeds',
      title: 'Alignment of each feature, by seed',
      caption:
        '|cos| of every feature of interest with the singular vector of its rank, one row for each seed.',
      specification: heatmap({
        values: outcomes.map((outcome) => [
          ...summaryOf(outcome).pairs.map(({ queryCosine }) => queryCosine),
          ...summaryOf(outcome).pairs.map(({ keyCosine }) => keyCosine),
        ]),
        rows: { labels: outcomes.map(({ config }) => `${config.toy.seed}`), title: 'seed' },
        columns: {
          labels: [
            ...summaryOf(outcomes[0]).pairs.map(({ query }, k) => `w${query}·u${k}`),
            ...summaryOf(outcomes[0]).pairs.map(({ key }, k) => `w${key}·v${k}`),
          ],
        },
        colours: 'sequential',
        domain: [0, 1],
        legend: '|cos|',
        decimals: 4,
        cell: 52,
      }),
    },
  ],
};

function summaryOf({ result }: Outcome<ToyTask>): AlignmentSummary {
  return result.values.alignment as unknown as AlignmentSummary;
}
