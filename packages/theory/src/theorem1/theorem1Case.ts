import fc from 'fast-check';
import { coordinate, unitFeatures } from '../arbitraries/vectors.ts';
import { type FeatureList, reciprocalCondition } from '../linear/features.ts';
import type { Hypothesis } from '../statement/statement.ts';

/** Features, how tokens are drawn, the teacher's scale, and where training starts. */
export interface Theorem1Case {
  readonly queryFeatures: FeatureList;
  readonly keyFeatures: FeatureList;
  /** p */
  readonly probability: number;
  /** m */
  readonly keys: number;
  /** τ */
  readonly scale: number;
  /** M₀ [D][D] */
  readonly start: readonly (readonly number[])[];
}

export interface Theorem1Sizes {
  readonly dimension: number;
  readonly queryCount: number;
  readonly keyCount: number;
  readonly keys: number;
}

// The theorem's strict inequalities, with the margins that float64 needs to tell a minimum to eight digits.
const SMALLEST_PROBABILITY = 0.05;
const SMALLEST_RECIPROCAL_CONDITION = 0.02;

/** Features that span their space well enough to count as of invertible Σ. */
function spanningFeatures(count: number, dimension: number): fc.Arbitrary<number[][]> {
  return unitFeatures(count, dimension).filter(
    (features) => reciprocalCondition(features) >= SMALLEST_RECIPROCAL_CONDITION,
  );
}

/** Features that leave out the last dimension: Σ is singular. */
export function flatFeatures(count: number, dimension: number): fc.Arbitrary<number[][]> {
  return unitFeatures(count, dimension - 1).map((features) => features.map((feature) => [...feature, 0]));
}

/** Cases of these sizes that meet all hypotheses. */
export function theorem1Case(sizes: fc.Arbitrary<Theorem1Sizes>): fc.Arbitrary<Theorem1Case> {
  return sizes.chain(({ dimension, queryCount, keyCount, keys }) =>
    fc.record({
      queryFeatures: spanningFeatures(queryCount, dimension),
      keyFeatures: spanningFeatures(keyCount, dimension),
      probability: fc.integer({ min: 50, max: 950 }).map((k) => k / 1000),
      keys: fc.constant(keys),
      scale: fc.integer({ min: 1, max: 24 }).map((k) => k / 4),
      start: fc.array(
        fc.array(
          coordinate.map((entry) => 4 * entry),
          { minLength: dimension, maxLength: dimension },
        ),
        { minLength: dimension, maxLength: dimension },
      ),
    }),
  );
}

/** Hypotheses of Theorem 1, with cases of the given sizes that break one each. */
export function theorem1Hypotheses(sizes: fc.Arbitrary<Theorem1Sizes>): readonly Hypothesis<Theorem1Case>[] {
  const cases = theorem1Case(sizes);
  const withFlat = (side: 'queryFeatures' | 'keyFeatures') =>
    cases.chain((instance) =>
      flatFeatures(instance[side].length, instance.start.length).map((features) => ({
        ...instance,
        [side]: features,
      })),
    );
  return [
    {
      name: 'probability-inside',
      text: `0 < p < 1 (in float64: ${SMALLEST_PROBABILITY} ≤ p ≤ ${1 - SMALLEST_PROBABILITY})`,
      holds: ({ probability }) =>
        probability >= SMALLEST_PROBABILITY && probability <= 1 - SMALLEST_PROBABILITY,
      breaking: fc
        .tuple(cases, fc.constantFrom(0, 1))
        .map(([instance, probability]) => ({ ...instance, probability })),
    },
    {
      name: 'two-keys',
      text: 'm ≥ 2',
      holds: ({ keys }) => keys >= 2,
      breaking: cases.map((instance) => ({ ...instance, keys: 1 })),
    },
    {
      name: 'query-features-span',
      text: `Σ_Q is invertible (in float64: λ_min/λ_max ≥ ${SMALLEST_RECIPROCAL_CONDITION})`,
      holds: ({ queryFeatures }) => reciprocalCondition(queryFeatures) >= SMALLEST_RECIPROCAL_CONDITION,
      breaking: withFlat('queryFeatures'),
    },
    {
      name: 'key-features-span',
      text: `Σ_K is invertible (in float64: λ_min/λ_max ≥ ${SMALLEST_RECIPROCAL_CONDITION})`,
      holds: ({ keyFeatures }) => reciprocalCondition(keyFeatures) >= SMALLEST_RECIPROCAL_CONDITION,
      breaking: withFlat('keyFeatures'),
    },
  ];
}
