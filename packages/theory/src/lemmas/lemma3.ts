import { Matrix } from '@svf-alignment/core';
import fc from 'fast-check';
import { frameOf, spectrumEnds } from '../linear/features.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Measurement, Statement } from '../statement/statement.ts';
import { differenceMoment, pairDifferenceMoment, tokenMoment } from './closedMoments.ts';
import {
  enumeratedDifferenceMoment,
  enumeratedPairMoment,
  enumeratedTokenMoment,
} from './enumeratedMoments.ts';
import { type MomentCase, momentCase, momentHypotheses } from './momentCase.ts';

/** Against 1 and the largest entry: what is left is the rounding of a few thousand sums. */
const PRECISION = 1e-12;

/** Sizes with at most 2¹² = 4096 contexts, all of which are run through: n·m ≤ 12. */
const sizes = fc.integer({ min: 1, max: 12 }).chain((keys) =>
  fc.record({
    dimension: fc.integer({ min: 1, max: 4 }),
    queryCount: fc.integer({ min: 1, max: 8 }),
    keyCount: fc.integer({ min: 1, max: Math.min(6, Math.floor(12 / keys)) }),
    keys: fc.constant(keys),
  }),
);

function agreement(enumerated: Matrix, closed: Matrix): Measurement {
  const largest = closed.to1DArray().reduce((size, entry) => Math.max(size, Math.abs(entry)), 1);
  const error = Matrix.sub(enumerated, closed)
    .to1DArray()
    .reduce((size, entry) => Math.max(size, Math.abs(entry)), 0);
  return { measured: error / largest, bound: PRECISION };
}

/** Lemma 3 and the query moment that follows it, against all subsets of the features. */
export const lemma3: Statement<MomentCase> = defineStatement<MomentCase>({
  id: 'lemma3',
  title: 'Second moments of tokens and of their differences',
  statement: {
    text: 'If features are present independently with probability p and keys are independent, then E[(k_i − k_j)(k_i − k_j)ᵀ] = 2p(1 − p)Σ_K for i ≠ j, E[DDᵀ] = 2(m − 1)p(1 − p)Σ_K for D = [k_2 − k_1, …, k_m − k_1], and E[qqᵀ] = p(1 − p)Σ_Q + p²ssᵀ with s the sum of the query features.',
    latex:
      '\\mathbb E[(k_i-k_j)(k_i-k_j)^\\top]=2p(1-p)\\Sigma_K,\\quad\\mathbb E[DD^\\top]=2(m-1)p(1-p)\\Sigma_K,\\quad\\mathbb E[qq^\\top]=p(1-p)\\Sigma_Q+p^2ss^\\top',
  },
  source: 'Appendix B.2.2, Lemma 3',
  defaultRuns: 600,
  arbitrary: momentCase(sizes),
  hypotheses: momentHypotheses(sizes),
  conclusions: [
    {
      name: 'pair-difference',
      text: 'E[(k_1 − k_2)(k_1 − k_2)ᵀ] = 2p(1 − p)Σ_K',
      measure: (instance) =>
        agreement(
          enumeratedPairMoment(instance),
          pairDifferenceMoment(instance.keyFeatures, instance.probabilities[0]),
        ),
    },
    {
      name: 'difference-matrix',
      text: 'E[DDᵀ] = 2(m − 1)p(1 − p)Σ_K',
      measure: (instance) =>
        agreement(
          enumeratedDifferenceMoment(instance),
          differenceMoment(instance.keyFeatures, instance.probabilities[0], instance.keys),
        ),
    },
    {
      name: 'query-moment',
      text: 'E[qqᵀ] = p(1 − p)Σ_Q + p²ssᵀ',
      measure: (instance) =>
        agreement(
          enumeratedTokenMoment(instance),
          tokenMoment(instance.queryFeatures, instance.probabilities[0]),
        ),
    },
    {
      name: 'query-moment-invertible',
      text: 'the smallest eigenvalue of E[qqᵀ] is at least p(1 − p) times that of Σ_Q',
      measure: (instance) => {
        const p = instance.probabilities[0];
        return {
          measured: p * (1 - p) * spectrumEnds(frameOf(instance.queryFeatures)).smallest,
          bound: spectrumEnds(enumeratedTokenMoment(instance)).smallest,
          tolerance: PRECISION,
        };
      },
    },
  ],
});
