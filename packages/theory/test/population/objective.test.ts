import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceMoment, tokenMoment } from '../../src/lemmas/closedMoments.ts';
import { contextOf, exactPopulation } from '../../src/population/exactPopulation.ts';
import { Objective } from '../../src/population/objective.ts';
import type { Population } from '../../src/population/population.ts';
import { detectorTeacher } from '../../src/theorem1/detectorTeacher.ts';
import { type Theorem1Case, theorem1Case } from '../../src/theorem1/theorem1Case.ts';

const sizes = fc.record({
  dimension: fc.integer({ min: 2, max: 3 }),
  queryCount: fc.constant(3),
  keyCount: fc.constant(3),
  keys: fc.integer({ min: 2, max: 3 }),
});
const cases = theorem1Case(sizes);

function objectiveOf(instance: Theorem1Case, population: Population): Objective {
  const { queryFeatures, keyFeatures, scale } = instance;
  return new Objective(population, detectorTeacher(queryFeatures, keyFeatures, scale));
}

function startOf(instance: Theorem1Case): Float64Array {
  return Float64Array.from(instance.start.flat());
}

/** All 2ⁿᵐ contexts in turn, without using any symmetry. */
function plainPopulation(instance: Theorem1Case): Population {
  const { keyFeatures, keys, probability } = instance;
  const count = keyFeatures.length;
  const contexts = Array.from({ length: 2 ** (count * keys) }, (_, code) => {
    const bits = Array.from({ length: count * keys }, (__, bit) => (code >> bit) & 1);
    const weight = bits.reduce((product, bit) => product * (bit === 1 ? probability : 1 - probability), 1);
    const subsets = Array.from({ length: keys }, (__, s) => bits.slice(s * count, (s + 1) * count));
    return contextOf(subsets, keyFeatures, weight);
  });
  return { ...exactPopulation(instance), contexts };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

describe('Objective', () => {
  it('has the gradient and the Hessian of central differences', () => {
    fc.assert(
      fc.property(cases, (instance) => {
        const objective = objectiveOf(instance, exactPopulation(instance));
        const start = startOf(instance);
        const { gradient, hessian, loss } = objective.derivatives(start);
        expect(loss).toBeCloseTo(objective.loss(start), 12);
        const step = 1e-5;
        const order = start.length;
        for (let i = 0; i < order; i += 1) {
          const [up, down] = [step, -step].map((shift) =>
            start.map((value, k) => (k === i ? value + shift : value)),
          );
          const slope = (objective.loss(up) - objective.loss(down)) / (2 * step);
          expect(Math.abs(slope - gradient[i])).toBeLessThan(1e-8);
          const [above, below] = [up, down].map((point) => objective.derivatives(point).gradient);
          const row = above.map((value, k) => (value - below[k]) / (2 * step));
          expect(largestDifference(row, hessian.subarray(i * order, (i + 1) * order))).toBeLessThan(1e-8);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is the same on the classes of contexts as on all contexts in turn', () => {
    fc.assert(
      fc.property(cases, (instance) => {
        const grouped = objectiveOf(instance, exactPopulation(instance)).derivatives(startOf(instance));
        const plain = objectiveOf(instance, plainPopulation(instance)).derivatives(startOf(instance));
        expect(Math.abs(grouped.loss - plain.loss)).toBeLessThan(1e-13);
        expect(largestDifference(grouped.gradient, plain.gradient)).toBeLessThan(1e-13);
        expect(largestDifference(grouped.hessian, plain.hessian)).toBeLessThan(1e-13);
      }),
      { numRuns: 20 },
    );
  });

  it('is log m at M = 0, where attention is uniform, with the covariance of the keys over m as curvature', () => {
    fc.assert(
      fc.property(cases, (instance) => {
        const { queryFeatures, keyFeatures, probability, keys, start } = instance;
        const objective = objectiveOf(instance, exactPopulation(instance));
        const { loss, hessian } = objective.derivatives(new Float64Array(start.length ** 2));
        expect(loss).toBeCloseTo(Math.log(keys), 12);
        // Attention 1/m each: the key covariance in a context has the mean m(m − 1)p(1 − p)Σ/m².
        const inner = differenceMoment(keyFeatures, probability, keys).div(2 * keys);
        const expected = tokenMoment(queryFeatures, probability).kroneckerProduct(inner);
        expect(largestDifference(hessian, Float64Array.from(expected.to1DArray()))).toBeLessThan(1e-12);
      }),
      { numRuns: 20 },
    );
  });

  it('does not overflow at huge logits', () => {
    const [instance] = fc.sample(cases, { numRuns: 1, seed: 1 });
    const objective = objectiveOf(instance, exactPopulation(instance));
    const huge = startOf(instance).map((_, i) => (i % 2 === 0 ? 1e6 : -1e6));
    const { loss, gradient, hessian } = objective.derivatives(huge);
    for (const value of [loss, ...gradient, ...hessian]) expect(Number.isFinite(value)).toBe(true);
  });
});

describe('exactPopulation', () => {
  it('has probabilities that sum to one', () => {
    for (const instance of fc.sample(cases, { numRuns: 10, seed: 2 })) {
      const { queries, contexts } = exactPopulation(instance);
      for (const part of [queries, contexts]) {
        const total = (part as readonly { weight: number }[]).reduce((sum, { weight }) => sum + weight, 0);
        expect(total).toBeCloseTo(1, 13);
      }
    }
  });
});
