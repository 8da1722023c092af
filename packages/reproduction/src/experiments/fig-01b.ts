import { cosineMatrix, frameOperator, isotropyDeviation, Matrix, svd } from '@svf-alignment/core';
import { PAPER_EPSILON_LIMIT } from '@svf-alignment/theory';
import { parameterMatrix, type TrainingResult } from '@svf-alignment/toy';
import type { Claim } from '../lab/claim.ts';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import { claimAtLeast, claimAtMost, claimWithin } from '../lab/judgedClaim.ts';
import { alignmentMatrices, featureCosines, frameFigure, spectrum } from './toy/toyFigures.ts';
import { type ToyTask, toyTask } from './toy/toyTask.ts';
import { trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/** What is measured of a model with the one pair of interest (w₀ in the query, w₁ in the key). */
type SinglePair = {
  /** |cos(w₀, u₀)| */
  readonly queryCosine: number;
  /** |cos(w₁, v₀)| */
  readonly keyCosine: number;
  readonly singularValue: number;
  /** σ₁/σ₀ */
  readonly secondShare: number;
  /** Largest |cos| of w₀ or w₁ with any other feature. */
  readonly interference: number;
  /** cos(Ω w₁, w₀) */
  readonly chainQuery: number;
  /** cos(Ωᵀ w₀, w₁) */
  readonly chainKey: number;
  /** ε of the other features in the D − 2 dimensions that are left to them. */
  readonly restDeviation: number;
};

/** Measures of the claims about a single pair; features 0 and 1 are the pair. */
export function singlePair({ config, state }: TrainingResult): SinglePair {
  const features = parameterMatrix(config, state.parameters, 'W');
  const A = parameterMatrix(config, state.parameters, 'A');
  const B = parameterMatrix(config, state.parameters, 'B');
  const omega = A.mmul(B.transpose());
  const { U, singularValues, V } = svd(omega);
  const [query, key] = [0, 1].map((i) => Matrix.columnVector(features.getColumn(i)));
  const cosine = (a: Matrix, b: Matrix) => cosineMatrix(a, b).get(0, 0);
  const among = cosineMatrix(features, features);
  const others = Array.from({ length: config.features - 2 }, (_, i) => i + 2);
  const rest = features.subMatrixColumn(others);
  // The largest D − 2 principal directions of the rest: what it spans apart from the pair's own two.
  const span = svd(rest).U.subMatrix(0, config.dimension - 1, 0, config.dimension - 3);
  return {
    queryCosine: Math.abs(cosine(query, Matrix.columnVector(U.getColumn(0)))),
    keyCosine: Math.abs(cosine(key, Matrix.columnVector(V.getColumn(0)))),
    singularValue: singularValues[0],
    secondShare: singularValues[1] / singularValues[0],
    interference: Math.max(
      Math.abs(among.get(0, 1)),
      ...others.map((i) => Math.max(Math.abs(among.get(0, i)), Math.abs(among.get(1, i)))),
    ),
    chainQuery: cosine(omega.mmul(key), query),
    chainKey: cosine(omega.transpose().mmul(query), key),
    restDeviation: isotropyDeviation(frameOperator(span.transpose().mmul(rest))),
  };
}

/** One pair of interest: the head gives one dimension to it, and the two features keep clear of all others. */
export const fig01b: Experiment<ToyTask> = {
  id: 'fig-01b',
  title: 'One pair of interest: a singular vector for each of its features',
  summary:
    'A head that attends when feature 0 is in the query and feature 1 in the key. Trained with target logit 10, and ' +
    'with the 1 that the text of the paper seems to name.',
  figures: ['Fig. 1(b)', 'Fig. 2(a)', 'Fig. 11(a)', 'Fig. 19(b)'],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 0.1, paper: 0.2 },

  tasks: (profile, seed) => [
    toyTask('target-10', 'single-pair', profile, seed),
    toyTask('target-1', 'single-pair', profile, seed, { targets: [{ query: 0, key: 1, target: 1 }] }),
  ],

  run: async (task, context) => {
    const trained = await trainToy(task, context);
    const { values, tensors } = trainedModel(trained);
    return { values: { ...values, singlePair: singlePair(trained) }, tensors };
  },

  claims: (outcomes) => outcomes.flatMap(claimsOf),
  draw: (outcomes) => outcomes.flatMap(figuresOf),
};

function claimsOf({ config, result }: Outcome<ToyTask>): Claim[] {
  const measured = result.values.singlePair as SinglePair;
  const { target } = config.toy.targets[0];
  const note = `Target logit ${target}, feature probability ${config.toy.featureProbability}.`;
  const id = (figure: string, name: string) => `${figure}/${config.name}/${name}`;
  return [
    claimAtLeast({
      id: id('fig-02a', 'query-feature'),
      figure: 'Fig. 2(a)',
      claim: 'The query feature aligns with the first left singular vector, |cos(w₀, u₀)|.',
      paper: 1,
      measured: measured.queryCosine,
      bound: 0.999,
      note,
    }),
    claimAtLeast({
      id: id('fig-02a', 'key-feature'),
      figure: 'Fig. 2(a)',
      claim: 'The key feature aligns with the first right singular vector, |cos(w₁, v₀)|.',
      paper: 1,
      measured: measured.keyCosine,
      bound: 0.999,
      note,
    }),
    claimWithin({
      id: id('fig-02a', 'singular-value'),
      figure: 'Fig. 2(a)',
      claim: 'The first singular value is the target logit.',
      paper: target,
      measured: measured.singularValue,
      relative: 0.01,
      note,
    }),
    claimAtMost({
      id: id('fig-02a', 'rank-one'),
      figure: 'Fig. 2(a)',
      claim: 'There is a single large singular value: the second is this share of the first.',
      paper: 0,
      measured: measured.secondShare,
      bound: 0.002,
      note,
    }),
    claimAtMost({
      id: id('fig-01b', 'orthogonal'),
      figure: 'Fig. 1(b)',
      claim: 'The two features are orthogonal to all others (largest |cos|).',
      paper: 0,
      measured: measured.interference,
      bound: 0.005,
      note,
    }),
    claimAtLeast({
      id: id('slides', 'chain-query'),
      figure: 'Slides, geometry of the loss',
      claim: 'Ω w₁ points along w₀ (cosine).',
      paper: 1,
      measured: measured.chainQuery,
      bound: 0.999,
      note,
    }),
    claimAtLeast({
      id: id('slides', 'chain-key'),
      figure: 'Slides, geometry of the loss',
      claim: 'Ωᵀ w₀ points along w₁ (cosine).',
      paper: 1,
      measured: measured.chainKey,
      bound: 0.999,
      note,
    }),
    claimAtMost({
      id: id('fig-19b', 'isotropy'),
      figure: 'Fig. 19(b)',
      claim: 'The other features stay isotropic enough for Theorem 2: their ε is below 1 − √(2/3).',
      paper: null,
      measured: measured.restDeviation,
      bound: Number(PAPER_EPSILON_LIMIT.toFixed(4)),
      note: `${note} ε of the other features, in the dimensions that the pair leaves to them.`,
    }),
  ];
}

function figuresOf({ config, result }: Outcome<ToyTask>): Figure[] {
  const { target } = config.toy.targets[0];
  return [
    {
      id: `fig-01b-features-${config.name}`,
      title: `Cosines of features, one pair with target ${target}`,
      caption:
        'Features 0 and 1 are the pair of interest. The others pair up in the dimensions left to them.',
      specification: featureCosines(result),
    },
    {
      id: `fig-11a-alignment-${config.name}`,
      title: `Features and singular vectors, target ${target}`,
      caption:
        '|cos| of every feature with every left (query side) and right (key side) singular vector of the head.',
      specification: alignmentMatrices(result),
    },
    {
      id: `fig-02a-spectrum-${config.name}`,
      title: `Spectrum of the head, target ${target}`,
      caption: 'Singular values of Ω, and the one target logit.',
      specification: spectrum(result, [target]),
    },
    {
      id: `fig-19b-isotropy-${config.name}`,
      title: `W Wᵀ, one pair with target ${target}`,
      caption: 'The frame operator: a multiple of the identity would be exact isotropy.',
      specification: frameFigure(result),
    },
  ];
}
