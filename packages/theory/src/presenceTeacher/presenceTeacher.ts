import { Matrix, type SingularValueDecomposition, svd } from '@svf-alignment/core';
import fc from 'fast-check';
import { whitened } from '../linear/features.ts';
import { sineBetween } from '../linear/vectors.ts';
import { exactPopulation } from '../population/exactPopulation.ts';
import { minimise } from '../population/minimise.ts';
import { Objective } from '../population/objective.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Hypothesis, Statement } from '../statement/statement.ts';
import { type Theorem1Case, theorem1Case, theorem1Hypotheses } from '../theorem1/theorem1Case.ts';
import { presenceTeacherGaps } from './presenceTeacherGaps.ts';
import { uncentredDetector } from './uncentredDetector.ts';

const LARGEST_SCALE = 0.25;
const SMALLEST_DIFFERENCE = 0.2;

// What is left at τ = 1/4 of errors that fall as τ²; the worst of 20,000 cases are in docs/theory/theorem-1.md.
const KEY_TOLERANCE = 0.005;
const QUERY_TOLERANCE = 0.05;

/** One query feature at least more than dimensions: with independent features presence is a linear function of the token. */
const sizes = fc.integer({ min: 2, max: 3 }).chain((dimension) =>
  fc.record({
    dimension: fc.constant(dimension),
    keys: fc.constant(2),
    queryCount: fc.integer({ min: dimension + 1, max: 5 }),
    keyCount: fc.integer({ min: dimension, max: 5 }),
  }),
);

function withScale(
  cases: fc.Arbitrary<Theorem1Case>,
  scale: fc.Arbitrary<number>,
): fc.Arbitrary<Theorem1Case> {
  return fc.tuple(cases, scale).map(([instance, value]) => ({ ...instance, scale: value }));
}

function difference({ queryFeatures, probability }: Theorem1Case): number {
  return sineBetween(uncentredDetector(queryFeatures, probability), whitened(queryFeatures));
}

function differing(cases: fc.Arbitrary<Theorem1Case>): fc.Arbitrary<Theorem1Case> {
  return cases.filter((instance) => difference(instance) >= SMALLEST_DIFFERENCE);
}

const smallScale = fc.integer({ min: 1, max: 16 }).map((k) => (LARGEST_SCALE * k) / 16);
const cases = withScale(theorem1Case(sizes), smallScale);

const independentQueries = withScale(
  theorem1Case(sizes.map((size) => ({ ...size, queryCount: size.dimension }))),
  smallScale,
);

const hypotheses: readonly Hypothesis<Theorem1Case>[] = [
  ...theorem1Hypotheses(sizes).map((hypothesis) => ({
    ...hypothesis,
    breaking: differing(withScale(hypothesis.breaking, smallScale)),
  })),
  {
    name: 'small-scale',
    text: `τ ≤ ${LARGEST_SCALE}`,
    holds: ({ scale }) => scale <= LARGEST_SCALE,
    breaking: differing(withScale(theorem1Case(sizes), fc.constant(8))),
  },
  {
    name: 'directions-differ',
    text: `Σ_Q⁻¹q_1 and E[qqᵀ]⁻¹E[q·1{1 ∈ S}] differ (sine of the angle ≥ ${SMALLEST_DIFFERENCE})`,
    holds: (instance) => difference(instance) >= SMALLEST_DIFFERENCE,
    breaking: independentQueries,
  },
];

const decomposition = cached((instance: Theorem1Case): SingularValueDecomposition => {
  const objective = new Objective(exactPopulation(instance), presenceTeacherGaps(instance.scale));
  const { parameters } = minimise(objective, Float64Array.from(instance.start.flat()));
  const dimension = instance.start.length;
  return svd(Matrix.from1DArray(dimension, dimension, Array.from(parameters)));
});

/** Not in the paper: what becomes of Theorem 1 with the teacher that the paper's main text describes. */
export const presenceTeacher: Statement<Theorem1Case> = defineStatement<Theorem1Case>({
  id: 'presence-teacher',
  title: 'The literal presence teacher',
  statement: {
    text: 'If the teacher logit is τ when the first feature is in both tokens and else 0, then for two keys and small τ the minimiser is τ E[qqᵀ]⁻¹E[q·1{1 ∈ S}] k_1ᵀΣ_K⁻¹ to leading order: v_1 follows Σ_K⁻¹k_1 as in Theorem 1, but u_1 follows the uncentred moment of the queries and not Σ_Q⁻¹q_1.',
    latex:
      '\\hat M=\\tau\\,\\mathbb E[qq^\\top]^{-1}\\,\\mathbb E[q\\,\\mathbf 1\\{1\\in S\\}]\\;k_1^\\top\\Sigma_K^{-1}\\,(1+O(\\tau^2))',
  },
  source: 'Section 4 against Appendix B.2.1 (not in the paper)',
  defaultRuns: 200,
  arbitrary: differing(cases),
  hypotheses,
  conclusions: [
    {
      name: 'right-singular-vector',
      text: 'v_1 ≈ Σ_K⁻¹k_1 (sine of the angle)',
      measure: (instance) => ({
        measured: sineBetween(decomposition(instance).V.getColumn(0), whitened(instance.keyFeatures)),
        bound: KEY_TOLERANCE,
      }),
    },
    {
      name: 'left-singular-vector',
      text: 'u_1 ≈ E[qqᵀ]⁻¹E[q·1{1 ∈ S}] (sine of the angle)',
      measure: (instance) => ({
        measured: sineBetween(
          decomposition(instance).U.getColumn(0),
          uncentredDetector(instance.queryFeatures, instance.probability),
        ),
        bound: QUERY_TOLERANCE,
      }),
    },
    {
      name: 'not-the-whitened-query',
      text: `u_1 is not Σ_Q⁻¹q_1 (sine of the angle ≥ ${SMALLEST_DIFFERENCE / 2})`,
      measure: (instance) => ({
        measured: SMALLEST_DIFFERENCE / 2,
        bound: sineBetween(decomposition(instance).U.getColumn(0), whitened(instance.queryFeatures)),
      }),
    },
  ],
});
