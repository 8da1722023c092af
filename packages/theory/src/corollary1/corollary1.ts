import { isotropyDeviation, Matrix, type SingularValueDecomposition, svd } from '@svf-alignment/core';
import fc from 'fast-check';
import { unitFeatures } from '../arbitraries/vectors.ts';
import { type FeatureList, frameOf, reciprocalCondition } from '../linear/features.ts';
import { norm, outer, sineBetween } from '../linear/vectors.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Hypothesis, Statement } from '../statement/statement.ts';
import { relativeDistance } from '../theorem1/analysis.ts';
import { predictedMinimiser } from '../theorem1/predictedMinimiser.ts';
import { tightFrame } from './tightFrame.ts';

export interface Corollary1Case {
  readonly queryFeatures: FeatureList;
  readonly keyFeatures: FeatureList;
  /** τ */
  readonly scale: number;
}

/** Of the frames, and of what follows from them. */
const PRECISION = 1e-12;

const dimensions = fc.integer({ min: 2, max: 8 });

function casesOf(
  query: (dimension: number) => fc.Arbitrary<number[][]>,
  key: (dimension: number) => fc.Arbitrary<number[][]>,
): fc.Arbitrary<Corollary1Case> {
  return dimensions.chain((dimension) =>
    fc.record({
      queryFeatures: query(dimension),
      keyFeatures: key(dimension),
      scale: fc.integer({ min: 1, max: 100 }).map((k) => k / 4),
    }),
  );
}

/** Spanning features in no particular position. */
function untightFrame(dimension: number): fc.Arbitrary<number[][]> {
  return unitFeatures(dimension + 1, dimension).filter(
    (features) => reciprocalCondition(features) > 0.01 && isotropyDeviation(frameOf(features)) > 0.1,
  );
}

function isUnit(features: FeatureList): boolean {
  return features.every((feature) => Math.abs(norm(feature) - 1) <= PRECISION);
}

function hypothesis(
  side: 'queryFeatures' | 'keyFeatures',
  name: string,
  text: string,
  breaking: fc.Arbitrary<Corollary1Case>,
): Hypothesis<Corollary1Case> {
  return {
    name,
    text: `${text} (in float64: ‖Σ/c − I‖ ≤ ${PRECISION})`,
    holds: (instance) => isotropyDeviation(frameOf(instance[side])) <= PRECISION,
    breaking,
  };
}

/** c of Σ = cI, from the trace. */
function frameConstant(features: FeatureList): number {
  return frameOf(features).trace() / features[0].length;
}

const minimiser = cached(({ queryFeatures, keyFeatures, scale }: Corollary1Case) =>
  predictedMinimiser(queryFeatures, keyFeatures, scale),
);

const decomposition = cached(
  (instance: Corollary1Case): SingularValueDecomposition => svd(minimiser(instance)),
);

/** τ/(c_Q c_K), the singular value that is left. */
function singularValue({ queryFeatures, keyFeatures, scale }: Corollary1Case): number {
  return scale / (frameConstant(queryFeatures) * frameConstant(keyFeatures));
}

export const corollary1: Statement<Corollary1Case> = defineStatement<Corollary1Case>({
  id: 'corollary1',
  title: 'Exact alignment for tight frames',
  statement: {
    text: 'If Σ_Q = c_Q I and Σ_K = c_K I, the minimiser of Theorem 1 is M* = τ/(c_Q c_K) q_1 k_1ᵀ, so u_1 = ±q_1 and v_1 = ±k_1.',
    latex:
      '\\Sigma_Q=c_QI,\\ \\Sigma_K=c_KI\\ \\Longrightarrow\\ M^\\star=\\frac{\\tau}{c_Qc_K}\\,q_1k_1^\\top,\\quad u_1=\\pm q_1,\\ v_1=\\pm k_1',
  },
  source: 'Appendix B.2.3, Corollary 1',
  defaultRuns: 500,
  arbitrary: casesOf(tightFrame, tightFrame),
  hypotheses: [
    hypothesis('queryFeatures', 'query-frame-tight', 'Σ_Q = c_Q I', casesOf(untightFrame, tightFrame)),
    hypothesis('keyFeatures', 'key-frame-tight', 'Σ_K = c_K I', casesOf(tightFrame, untightFrame)),
    {
      name: 'unit-features',
      text: `features are of length one (to ${PRECISION})`,
      holds: ({ queryFeatures, keyFeatures }) => isUnit(queryFeatures) && isUnit(keyFeatures),
      breaking: casesOf(tightFrame, tightFrame).map((instance) => ({
        ...instance,
        keyFeatures: instance.keyFeatures.map((feature) => feature.map((entry) => 2 * entry)),
      })),
    },
  ],
  conclusions: [
    {
      name: 'minimiser',
      text: 'τ Σ_Q⁻¹ q_1 k_1ᵀ Σ_K⁻¹ = τ/(c_Q c_K) q_1 k_1ᵀ (relative distance)',
      measure: (instance) => {
        const { queryFeatures, keyFeatures } = instance;
        const claimed = new Matrix(outer(queryFeatures[0], keyFeatures[0])).mul(singularValue(instance));
        return { measured: relativeDistance(minimiser(instance), claimed), bound: PRECISION };
      },
    },
    {
      name: 'rank-one',
      text: 'the singular values are τ/(c_Q c_K), 0, 0, … (against the first)',
      measure: (instance) => {
        const [first, second] = decomposition(instance).singularValues;
        const expected = singularValue(instance);
        return { measured: (Math.abs(first - expected) + second) / expected, bound: PRECISION };
      },
    },
    {
      name: 'left-singular-vector',
      text: 'u_1 = ±q_1 (sine of the angle)',
      measure: (instance) => ({
        measured: sineBetween(decomposition(instance).U.getColumn(0), instance.queryFeatures[0]),
        bound: PRECISION,
      }),
    },
    {
      name: 'right-singular-vector',
      text: 'v_1 = ±k_1 (sine of the angle)',
      measure: (instance) => ({
        measured: sineBetween(decomposition(instance).V.getColumn(0), instance.keyFeatures[0]),
        bound: PRECISION,
      }),
    },
  ],
});
