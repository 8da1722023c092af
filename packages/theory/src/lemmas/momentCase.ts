import fc from 'fast-check';
import { unitFeatures } from '../arbitraries/vectors.ts';
import type { FeatureList } from '../linear/features.ts';
import type { Hypothesis } from '../statement/statement.ts';

/** Features on both sides and how tokens are drawn from them. */
export interface MomentCase {
  readonly queryFeatures: FeatureList;
  readonly keyFeatures: FeatureList;
  /** Probability of each feature, as many as the longer side has. The lemma wants them equal. */
  readonly probabilities: readonly number[];
  /** m, the keys of a context. */
  readonly keys: number;
  /** Share of tokens whose features are all in or all out together. The lemma wants 0. */
  readonly featureCoupling: number;
  /** Share of keys that are copies of the first. The lemma wants 0. */
  readonly keyCoupling: number;
}

export interface MomentSizes {
  readonly dimension: number;
  readonly queryCount: number;
  readonly keyCount: number;
  readonly keys: number;
}

/** Every size in [0, 1] in steps of 1/1000, the ends included. */
const probability = fc.integer({ min: 0, max: 1000 }).map((k) => k / 1000);

/** Cases of these sizes that meet all hypotheses. */
export function momentCase(sizes: fc.Arbitrary<MomentSizes>): fc.Arbitrary<MomentCase> {
  return sizes.chain(({ dimension, queryCount, keyCount, keys }) =>
    fc.record({
      queryFeatures: unitFeatures(queryCount, dimension),
      keyFeatures: unitFeatures(keyCount, dimension),
      probabilities: probability.map((p) => Array<number>(Math.max(queryCount, keyCount)).fill(p)),
      keys: fc.constant(keys),
      featureCoupling: fc.constant(0),
      keyCoupling: fc.constant(0),
    }),
  );
}

/** The hypotheses of Lemma 3, with cases of the given sizes that break one each. */
export function momentHypotheses(sizes: fc.Arbitrary<MomentSizes>): readonly Hypothesis<MomentCase>[] {
  // Two features at the least on either side and two keys: with fewer, there is nothing to be unequal or coupled.
  const cases = momentCase(
    sizes.filter(({ keys, keyCount, queryCount }) => keys > 1 && keyCount > 1 && queryCount > 1),
  );
  const middling = (instance: MomentCase) => instance.probabilities.map(() => 0.5);
  return [
    {
      name: 'equal-probabilities',
      text: 'every feature is present with the same probability',
      holds: ({ probabilities }) => probabilities.every((p) => p === probabilities[0]),
      breaking: cases.map((instance) => ({
        ...instance,
        probabilities: instance.probabilities.map((_, i) => (i === 0 ? 0.25 : 0.75)),
      })),
    },
    {
      name: 'independent-features',
      text: 'features are in a token independently of each other',
      holds: ({ featureCoupling }) => featureCoupling === 0,
      breaking: cases.map((instance) => ({
        ...instance,
        probabilities: middling(instance),
        featureCoupling: 0.5,
      })),
    },
    {
      name: 'independent-keys',
      text: 'the keys of a context are independent of each other',
      holds: ({ keyCoupling }) => keyCoupling === 0,
      breaking: cases.map((instance) => ({
        ...instance,
        probabilities: middling(instance),
        keyCoupling: 0.5,
      })),
    },
  ];
}
