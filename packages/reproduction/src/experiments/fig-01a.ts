import type { Experiment, Outcome } from '../lab/experiment.ts';
import { claimAtMost, claimEqual, claimWithin } from '../lab/judgedClaim.ts';
import type { Result } from '../lab/result.ts';
import { featureCosines, frameFigure } from './toy/toyFigures.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { tensorRows, trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/** Two features form a pair if their cosine is below this. */
const ANTIPODAL = -0.9;
const SPARSE = 0.1;
const DEFAULT = 0.52;

interface Pairing {
  readonly pairs: number;
  /** Mean over the pairs; 0 without pairs. */
  readonly pairCosine: number;
  /** Largest |cos| of two features that are not a pair. */
  readonly offPair: number;
}

/** How the features pair up, from their cosines. */
export function pairing({ tensors }: Pick<Result, 'tensors'>): Pairing {
  const cosines = tensorRows(tensors.featureCosines);
  const upper = cosines.flatMap((row, i) => [...row.subarray(i + 1)]);
  const paired = upper.filter((cosine) => cosine < ANTIPODAL);
  const others = upper.filter((cosine) => cosine >= ANTIPODAL);
  const sum = paired.reduce((total, cosine) => total + cosine, 0);
  return {
    pairs: paired.length,
    pairCosine: paired.length > 0 ? sum / paired.length : 0,
    offPair: others.reduce((most, cosine) => Math.max(most, Math.abs(cosine)), 0),
  };
}

/** Features alone: the toy autoencoder of Elhage et al. (2022) before a head is added. */
export const fig01a: Experiment<ToyTask> = {
  id: 'fig-01a',
  title: 'Without a head, features spread out isotropically',
  summary:
    'The toy autoencoder alone, 20 features in 10 dimensions. Features settle into antipodal pairs, one per ' +
    'dimension, as long as they are sparse enough.',
  figures: ['Fig. 1(a)', 'Fig. 19(a)'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed) => [
    toyTask('sparse', 'no-attention', profile, seed, { featureProbability: SPARSE }),
    toyTask('default', 'no-attention', profile, seed, { featureProbability: DEFAULT }),
  ],

  run: async (task, context) => trainedModel(await trainToy(task, context)),

  claims: (outcomes) => {
    const [sparse, dense] = outcomes;
    const { pairs, pairCosine, offPair } = pairing(sparse.result);
    return [
      claimEqual({
        id: 'fig-01a/antipodal-pairs',
        figure: 'Fig. 1(a)',
        claim: 'Features arrange themselves into 10 antipodal pairs, one per dimension.',
        paper: 10,
        measured: pairs,
        expected: 10,
        note: `Feature probability ${SPARSE}.`,
      }),
      claimWithin({
        id: 'fig-01a/pair-cosine',
        figure: 'Fig. 1(a)',
        claim: 'The two features of a pair point in opposite directions.',
        paper: -1,
        measured: pairCosine,
        absolute: 0.001,
      }),
      claimAtMost({
        id: 'fig-01a/off-pair',
        figure: 'Fig. 1(a)',
        claim: 'Features of different pairs are orthogonal (largest |cos|).',
        paper: 0,
        measured: offPair,
        bound: 0.005,
      }),
      claimAtMost({
        id: 'fig-19a/isotropy',
        figure: 'Fig. 19(a)',
        claim: 'Features are isotropic: ε = ‖W Wᵀ/α − I‖ is near 0.',
        paper: 0,
        measured: isotropy(sparse),
        bound: 0.005,
      }),
      claimEqual({
        id: 'fig-01a/default-probability',
        figure: 'Fig. 1(a)',
        claim: 'The same ten pairs at the default feature probability of Table 1.',
        paper: 10,
        measured: pairing(dense.result).pairs,
        expected: 10,
        note: `Feature probability ${DEFAULT}; ε = ${isotropy(dense).toPrecision(3)}. The picture needs sparser features.`,
      }),
    ];
  },

  draw: ([sparse, dense]) => [
    {
      id: 'fig-01a-features',
      title: 'Cosines of features, no head',
      caption: `Each cell is the cosine of two features after training at feature probability ${SPARSE}. Cells of −1 off the diagonal are antipodal partners.`,
      specification: featureCosines(sparse.result),
    },
    {
      id: 'fig-19a-isotropy',
      title: 'W Wᵀ, no head',
      caption:
        'The frame operator of the same features: a multiple of the identity, so features are isotropic.',
      specification: frameFigure(sparse.result),
    },
    {
      id: 'fig-01a-default-probability',
      title: `Cosines of features at probability ${DEFAULT}`,
      caption:
        'At the default probability of Table 1 some features share a direction instead of forming a pair.',
      specification: featureCosines(dense.result),
    },
  ],
};

function isotropy({ result }: Outcome<ToyTask>): number {
  return result.values.isotropyDeviation as number;
}
