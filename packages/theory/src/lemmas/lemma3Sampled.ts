import { type RandomStream, randomStream } from '@svf-alignment/core';
import fc from 'fast-check';
import { unitVector } from '../arbitraries/vectors.ts';
import { dot } from '../linear/vectors.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Measurement, Statement } from '../statement/statement.ts';
import { type MomentCase, momentCase, momentHypotheses } from './momentCase.ts';
import { type ProjectionMoments, pairDifferenceProjection, tokenProjection } from './projectionMoments.ts';

/** A case of Lemma 3 with more features than subsets can be run through. */
export interface SampledMomentCase extends MomentCase {
  /** Of length one: both sides of the equations are compared along it. */
  readonly direction: readonly number[];
  readonly seed: number;
}

const SAMPLES = 20_000;

/**
 * Chance of a false alarm, per comparison. A run of 20,000 cases makes 40,000 comparisons: together below 1e-9.
 */
export const FALSE_ALARM = 1e-14;

const sizes = fc.record({
  dimension: fc.integer({ min: 2, max: 6 }),
  queryCount: fc.integer({ min: 9, max: 24 }),
  keyCount: fc.integer({ min: 7, max: 24 }),
  keys: fc.integer({ min: 2, max: 6 }),
});

function sampled(cases: fc.Arbitrary<MomentCase>): fc.Arbitrary<SampledMomentCase> {
  return cases.chain((instance) =>
    fc.record({ direction: unitVector(instance.keyFeatures[0].length), seed: fc.nat() }).map((rest) => ({
      ...instance,
      ...rest,
    })),
  );
}

/**
 * Bernstein's inequality: with this many samples of variance V in [0, R], the mean strays further than t with a
 * probability of at most 2·exp(−N t²/(2V + 2Rt/3)). Solved for t.
 */
function deviation({ variance, range }: ProjectionMoments): number {
  const exponent = Math.log(2 / FALSE_ALARM) / SAMPLES;
  const linear = (exponent * range) / 3;
  return linear + Math.sqrt(linear ** 2 + 2 * exponent * variance);
}

function comparison(mean: number, expected: ProjectionMoments): Measurement {
  const error = Math.abs(mean - expected.mean);
  return { measured: error, bound: deviation(expected), tolerance: 1e-12 };
}

/** xᵀ of one token with the given projections xᵀw_i. */
function drawProjection(
  projections: readonly number[],
  { probabilities, featureCoupling }: MomentCase,
  random: RandomStream,
): number {
  if (featureCoupling > 0 && random.uniform() < featureCoupling) {
    const isIn = random.uniform() < probabilities[0];
    return isIn ? projections.reduce((sum, projection) => sum + projection, 0) : 0;
  }
  let sum = 0;
  for (let i = 0; i < projections.length; i += 1) {
    if (random.uniform() < probabilities[i]) sum += projections[i];
  }
  return sum;
}

/** Lemma 3 by random draws, where there are too many subsets to run through. */
export const lemma3Sampled: Statement<SampledMomentCase> = defineStatement<SampledMomentCase>({
  id: 'lemma3-sampled',
  title: 'Second moments of tokens, by sampling',
  statement: {
    text: `As Lemma 3, for up to 24 features: along a direction x, the mean of (xᵀ(k_2 − k_1))² and of (xᵀq)² over ${SAMPLES} draws is within Bernstein's bound of the closed form; a false alarm has a probability below ${FALSE_ALARM} per comparison.`,
    latex:
      '\\left|\\tfrac1N\\sum_n(x^\\top(k_2-k_1)_n)^2-2p(1-p)\\,x^\\top\\Sigma_Kx\\right|\\le t_{\\text{Bernstein}}',
  },
  source: 'Appendix B.2.2, Lemma 3',
  defaultRuns: 120,
  arbitrary: sampled(momentCase(sizes)),
  hypotheses: momentHypotheses(sizes).map((hypothesis) => ({
    ...hypothesis,
    breaking: sampled(hypothesis.breaking),
  })),
  conclusions: [
    {
      name: 'pair-difference',
      text: 'the mean of (xᵀ(k_2 − k_1))² is 2p(1 − p)xᵀΣ_K x within its confidence bound',
      measure: (instance) => {
        const projections = instance.keyFeatures.map((feature) => dot(feature, instance.direction));
        const random = randomStream(instance.seed, 'lemma3/keys');
        let sum = 0;
        for (let n = 0; n < SAMPLES; n += 1) {
          const first = drawProjection(projections, instance, random);
          const isCopy = instance.keyCoupling > 0 && random.uniform() < instance.keyCoupling;
          const second = isCopy ? first : drawProjection(projections, instance, random);
          sum += (second - first) ** 2;
        }
        return comparison(sum / SAMPLES, pairDifferenceProjection(projections, instance.probabilities[0]));
      },
    },
    {
      name: 'query-moment',
      text: 'the mean of (xᵀq)² is p(1 − p)xᵀΣ_Q x + p²(xᵀs)² within its confidence bound',
      measure: (instance) => {
        const projections = instance.queryFeatures.map((feature) => dot(feature, instance.direction));
        const random = randomStream(instance.seed, 'lemma3/queries');
        let sum = 0;
        for (let n = 0; n < SAMPLES; n += 1) sum += drawProjection(projections, instance, random) ** 2;
        return comparison(sum / SAMPLES, tokenProjection(projections, instance.probabilities[0]));
      },
    },
  ],
});
