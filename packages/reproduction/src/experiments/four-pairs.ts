import type { AlignmentSummary } from '@svf-alignment/toy';
import type { Experiment } from '../lab/experiment.ts';
import { claimAtLeast, claimAtMost, claimWithin } from '../lab/judgedClaim.ts';
import { alignmentMatrices, featureCosines, spectrum } from './toy/toyFigures.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { tensorRows, trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/** The default configuration (Table 1): four pairs with falling targets. */
export const fourPairs: Experiment<ToyTask> = {
  id: 'four-pairs',
  title: 'Four pairs of interest: four singular vectors in order of their targets',
  summary:
    'The default model of Table 1: 20 features in 10 dimensions, four pairs with target logits 24, 21, 18 and 15. ' +
    'Each pair takes a singular vector on each side, and its target becomes the singular value.',
  figures: ['Table 1', 'Slides'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed) => [toyTask('four-pairs', 'default', profile, seed)],
  run: async (task, context) => trainedModel(await trainToy(task, context)),

  claims: ([{ config, result }]) => {
    const alignment = result.values.alignment as unknown as AlignmentSummary;
    const singularValues = result.values.singularValues as readonly number[];
    const cosines = alignment.pairs.flatMap((pair) => [pair.queryCosine, pair.keyCosine]);
    const ofInterest = config.toy.targets.flatMap((pair) => [pair.query, pair.key]);
    const among = tensorRows(result.tensors.featureCosines);
    const interference = ofInterest.flatMap((i) => [...among[i]].filter((_, j) => j !== i).map(Math.abs));
    return [
      claimAtLeast({
        id: 'four-pairs/alignment',
        figure: 'Slides; Appendix A',
        claim: 'Features of interest align with the singular vectors of their rank (mean |cos|).',
        paper: '0.999 ± 0.001',
        measured: alignment.mean ?? 0,
        bound: 0.999,
      }),
      claimAtLeast({
        id: 'four-pairs/weakest',
        figure: 'Slides; Appendix A',
        claim: 'So does the least aligned of the eight.',
        paper: null,
        measured: Math.min(...cosines),
        bound: 0.999,
      }),
      ...alignment.pairs.map((pair, k) =>
        claimWithin({
          id: `four-pairs/singular-value-${k}`,
          figure: 'Slides',
          claim: `Singular value ${k} is the target logit of pair (${pair.query}, ${pair.key}).`,
          paper: pair.target,
          measured: singularValues[k],
          relative: 0.015,
        }),
      ),
      claimAtMost({
        id: 'four-pairs/rank',
        figure: 'Slides',
        claim: 'The head uses no further dimension: the fifth singular value as a share of the fourth.',
        paper: 0,
        measured: singularValues[4] / singularValues[3],
        bound: 0.02,
      }),
      claimAtMost({
        id: 'four-pairs/orthogonal',
        figure: 'Fig. 1(c)',
        claim: 'Features of interest are orthogonal to all other features (largest |cos|).',
        paper: 0,
        measured: Math.max(...interference),
        bound: 0.05,
        note: `Trained with the ${config.toy.reconstruction} of the squared error over features.`,
      }),
    ];
  },

  draw: ([{ config, result }]) => [
    {
      id: 'four-pairs-alignment',
      title: 'Features and singular vectors, four pairs',
      caption:
        '|cos| of every feature with every singular vector: query features 0–3 take u0–u3, key features 4–7 take v0–v3.',
      specification: alignmentMatrices(result),
    },
    {
      id: 'four-pairs-spectrum',
      title: 'Spectrum of the head, four pairs',
      caption: 'Singular values of Ω beside the target logits.',
      specification: spectrum(
        result,
        config.toy.targets.map(({ target }) => target),
      ),
    },
    {
      id: 'four-pairs-features',
      title: 'Cosines of features, four pairs',
      caption: 'Features 0 to 7 are those of interest: four in queries, four in keys.',
      specification: featureCosines(result),
    },
  ],
};
