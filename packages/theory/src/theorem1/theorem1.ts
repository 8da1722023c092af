import { Matrix } from '@svf-alignment/core';
import fc from 'fast-check';
import { tokenMoment } from '../lemmas/closedMoments.ts';
import { frameOf, spectrumEnds } from '../linear/features.ts';
import { norm } from '../linear/vectors.ts';
import { exactPopulation } from '../population/exactPopulation.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Measurement, Statement } from '../statement/statement.ts';
import { analyse } from './analysis.ts';
import { minimiserConclusions } from './minimiserConclusions.ts';
import { smallestAttentionProduct } from './smallestAttentionProduct.ts';
import { type Theorem1Case, theorem1Case, theorem1Hypotheses } from './theorem1Case.ts';

/** Two keys with up to six features on a side; three and four keys with as many as leave 4096 contexts. */
const sizes = fc
  .record({ dimension: fc.integer({ min: 2, max: 3 }), keys: fc.constantFrom(2, 2, 2, 3, 4) })
  .chain(({ dimension, keys }) =>
    fc.record({
      dimension: fc.constant(dimension),
      keys: fc.constant(keys),
      queryCount: fc.integer({ min: dimension, max: keys === 2 ? 6 : 4 }),
      keyCount: fc.integer({ min: dimension, max: [6, 4, 3][keys - 2] }),
    }),
  );

const analysis = cached((instance: Theorem1Case) => analyse(instance, exactPopulation(instance)));

/**
 * λ_min of the Hessian from below: each context adds the covariance of the keys under the model's attention, at least
 * the smallest product of two attentions times Σ over pairs of (k_a − k_b)(k_a − k_b)ᵀ, of which Lemma 3 gives the mean.
 */
function curvatureBound(instance: Theorem1Case): number {
  const { probability: p, keys: m, queryFeatures, keyFeatures } = instance;
  const { objective, predicted } = analysis(instance);
  return (
    smallestAttentionProduct(objective.population, predicted) *
    spectrumEnds(tokenMoment(queryFeatures, p)).smallest *
    m *
    (m - 1) *
    p *
    (1 - p) *
    spectrumEnds(frameOf(keyFeatures)).smallest
  );
}

function smallestCurvature(instance: Theorem1Case): Measurement {
  const { hessian } = analysis(instance).atPredicted;
  const order = Math.sqrt(hessian.length);
  const { smallest, largest } = spectrumEnds(Matrix.from1DArray(order, order, Array.from(hessian)));
  return { measured: curvatureBound(instance), bound: smallest, tolerance: 1e-14 * largest };
}

export const theorem1: Statement<Theorem1Case> = defineStatement<Theorem1Case>({
  id: 'theorem1',
  title: 'The unique minimiser is the whitened feature pair',
  statement: {
    text: 'If 0 < p < 1, m ≥ 2 and Σ_Q, Σ_K are invertible, the population objective has the unique minimiser M* = τ Σ_Q⁻¹ q_1 k_1ᵀ Σ_K⁻¹. It has rank one, with singular vectors u_1 ∝ Σ_Q⁻¹q_1 and v_1 ∝ Σ_K⁻¹k_1.',
    latex:
      '\\operatorname*{arg\\,min}_M\\;\\mathcal L(M)=\\{M^\\star\\},\\quad M^\\star=\\tau\\,\\Sigma_Q^{-1}q_1k_1^\\top\\Sigma_K^{-1},\\quad u_1\\propto\\Sigma_Q^{-1}q_1,\\ v_1\\propto\\Sigma_K^{-1}k_1',
  },
  source: 'Appendix B.2.3, Theorem 1',
  defaultRuns: 400,
  arbitrary: theorem1Case(sizes),
  hypotheses: theorem1Hypotheses(sizes),
  conclusions: [
    {
      name: 'gradient-vanishes',
      text: 'the gradient at M* is 0 (against the Hessian and ‖M*‖)',
      measure: (instance) => {
        const { atPredicted, predicted } = analysis(instance);
        const scale = norm(atPredicted.hessian) * predicted.norm('frobenius');
        return { measured: norm(atPredicted.gradient), bound: 1e-12 * scale, tolerance: 1e-15 };
      },
    },
    {
      name: 'hessian-definite',
      text: 'the smallest eigenvalue of the Hessian at M* is at least μ·λ_min(E[qqᵀ])·m(m − 1)p(1 − p)·λ_min(Σ_K) > 0, μ the smallest product of the attentions on two keys',
      measure: smallestCurvature,
    },
    ...minimiserConclusions(analysis),
  ],
});
