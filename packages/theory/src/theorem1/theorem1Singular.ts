import { Matrix, pseudoinverse } from '@svf-alignment/core';
import fc from 'fast-check';
import { type FeatureList, frameOf } from '../linear/features.ts';
import { norm } from '../linear/vectors.ts';
import { exactPopulation } from '../population/exactPopulation.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Statement } from '../statement/statement.ts';
import { analyse, relativeDistance } from './analysis.ts';
import { MINIMISER_PRECISION } from './minimiserConclusions.ts';
import { type Theorem1Case, theorem1Case, theorem1Hypotheses } from './theorem1Case.ts';

const sizes = fc
  .record({ dimension: fc.integer({ min: 1, max: 2 }), keys: fc.constantFrom(2, 2, 3) })
  .chain(({ dimension, keys }) =>
    fc.record({
      dimension: fc.constant(dimension),
      keys: fc.constant(keys),
      queryCount: fc.integer({ min: dimension, max: 5 }),
      keyCount: fc.integer({ min: dimension, max: keys === 2 ? 5 : 3 }),
    }),
  );

/** One dimension more than the features span, on both sides, and a start that reaches into it. */
function lifted(cases: fc.Arbitrary<Theorem1Case>): fc.Arbitrary<Theorem1Case> {
  const lift = (features: FeatureList) => features.map((feature) => [...feature, 0]);
  return cases.map((instance) => ({
    ...instance,
    queryFeatures: lift(instance.queryFeatures),
    keyFeatures: lift(instance.keyFeatures),
    start: [...instance.start.map((row) => [...row, 1]), Array<number>(instance.start.length + 1).fill(1)],
  }));
}

const analysis = cached((instance: Theorem1Case) => analyse(instance, exactPopulation(instance)));

/** ΣΣ⁺: the projection onto the span of the features. */
function projection(features: FeatureList): Matrix {
  const sigma = frameOf(features);
  return sigma.mmul(pseudoinverse(sigma));
}

function restricted(instance: Theorem1Case): Matrix {
  const { found } = analysis(instance);
  return projection(instance.queryFeatures).mmul(found).mmul(projection(instance.keyFeatures));
}

/** The remark under the paper's assumption: without invertible Σ, pseudoinverses take the place of inverses. */
export const theorem1Singular: Statement<Theorem1Case> = defineStatement<Theorem1Case>({
  id: 'theorem1-singular',
  title: 'Features that do not span: pseudoinverses',
  statement: {
    text: 'If 0 < p < 1 and m ≥ 2, whatever the rank of Σ_Q and Σ_K, M⁺ = τ Σ_Q⁺ q_1 k_1ᵀ Σ_K⁺ is a minimiser, every minimiser agrees with it on the spans of the features, and it has the least norm of all.',
    latex:
      'P_QMP_K=M^+=\\tau\\,\\Sigma_Q^+q_1k_1^\\top\\Sigma_K^+\\ \\text{ for every minimiser }M,\\qquad\\lVert M^+\\rVert_F\\le\\lVert M\\rVert_F',
  },
  source: 'Appendix B.2.1, Assumption',
  defaultRuns: 200,
  arbitrary: lifted(theorem1Case(sizes)),
  hypotheses: theorem1Hypotheses(sizes)
    .filter(({ name }) => name === 'probability-inside' || name === 'two-keys')
    .map((hypothesis) => ({ ...hypothesis, breaking: lifted(hypothesis.breaking) })),
  conclusions: [
    {
      name: 'gradient-vanishes',
      text: 'the gradient at M⁺ is 0 (against the Hessian and ‖M⁺‖)',
      measure: (instance) => {
        const { atPredicted, predicted } = analysis(instance);
        const scale = norm(atPredicted.hessian) * predicted.norm('frobenius');
        return { measured: norm(atPredicted.gradient), bound: 1e-12 * scale, tolerance: 1e-15 };
      },
    },
    {
      name: 'agreement-on-spans',
      text: 'the minimiser found, restricted to the spans of the features, is M⁺ (relative distance)',
      measure: (instance) => ({
        measured: relativeDistance(restricted(instance), analysis(instance).predicted),
        bound: MINIMISER_PRECISION,
      }),
    },
    {
      name: 'not-unique',
      text: 'the minimiser found is another one, by the part of the start that no feature sees, which here has a norm above 1/2',
      measure: (instance) => {
        const { found, predicted } = analysis(instance);
        return { measured: 0.5, bound: Matrix.sub(found, predicted).norm('frobenius') };
      },
    },
    {
      name: 'least-norm',
      text: '‖M⁺‖ ≤ ‖M‖ for the minimiser found',
      measure: (instance) => {
        const { found, predicted } = analysis(instance);
        return { measured: predicted.norm('frobenius'), bound: found.norm('frobenius'), tolerance: 1e-9 };
      },
    },
  ],
});
