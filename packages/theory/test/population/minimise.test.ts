import { Matrix, pseudoinverse } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenMoment } from '../../src/lemmas/closedMoments.ts';
import { frameOf } from '../../src/linear/features.ts';
import { norm } from '../../src/linear/vectors.ts';
import { exactPopulation } from '../../src/population/exactPopulation.ts';
import { minimise } from '../../src/population/minimise.ts';
import { Objective } from '../../src/population/objective.ts';
import { detectorTeacher } from '../../src/theorem1/detectorTeacher.ts';
import { theorem1Case } from '../../src/theorem1/theorem1Case.ts';

const cases = theorem1Case(fc.constant({ dimension: 2, queryCount: 4, keyCount: 4, keys: 2 }));

describe('minimise', () => {
  it('ends where the gradient is rounding, and not above the start', () => {
    for (const instance of fc.sample(cases, { numRuns: 20, seed: 1 })) {
      // A teacher that no bilinear form realises: the minimum is not known beforehand.
      const objective = new Objective(exactPopulation(instance), ({ presence }, context) =>
        context.presence.map((row) => 2 * presence[1] * row[0] - row[2]),
      );
      const start = Float64Array.from(instance.start.flat());
      const { parameters, converged } = minimise(objective, start);
      expect(converged).toBe(true);
      expect(norm(objective.derivatives(parameters).gradient)).toBeLessThan(1e-14);
      expect(objective.loss(parameters)).toBeLessThanOrEqual(objective.loss(start));
    }
  });

  it('from far away too', () => {
    const [instance] = fc.sample(cases, { numRuns: 1, seed: 3 });
    const objective = new Objective(exactPopulation(instance), ({ presence }, context) =>
      context.presence.map((row) => presence[0] * row[0]),
    );
    const near = minimise(objective, new Float64Array(4)).parameters;
    const far = minimise(objective, Float64Array.of(80, -90, 70, 100)).parameters;
    expect(norm(far.map((value, i) => value - near[i]))).toBeLessThan(1e-9 * norm(near));
  });

  it('past points where attention is saturated', () => {
    // On the way from this start Newton's own step would be of length 1e15.
    const flat = { queryFeatures: [[1, 0]], keyFeatures: [[-1, 0]], probability: 0.05, keys: 3 };
    const objective = new Objective(
      exactPopulation(flat),
      detectorTeacher(flat.queryFeatures, flat.keyFeatures, 3),
    );
    for (const start of [3.15625, 40, -700]) {
      const { parameters, converged } = minimise(objective, Float64Array.of(start, 1, 1, 1));
      expect(converged).toBe(true);
      expect(parameters[0]).toBeCloseTo(-3, 12);
      expect([...parameters.subarray(1)]).toEqual([1, 1, 1]);
    }
  });

  it('stays where it is if the objective is constant', () => {
    const [instance] = fc.sample(cases, { numRuns: 1, seed: 3 });
    const objective = new Objective(exactPopulation({ ...instance, keys: 1 }), () => []);
    const { parameters } = minimise(objective, Float64Array.of(1, 2, 3, 4));
    expect([...parameters]).toEqual([1, 2, 3, 4]);
  });

  it('agrees with the regression that it is to first order', () => {
    // For a teacher of size τ → 0 the loss is quadratic: E[qqᵀ] M 2p(1 − p)Σ_K = τ E[q t(q)] E[δ c(δ)]ᵀ.
    for (const instance of fc.sample(cases, { numRuns: 10, seed: 4 })) {
      const { queryFeatures, keyFeatures, probability } = instance;
      const scale = 1e-4;
      const objective = new Objective(exactPopulation(instance), ({ presence }, context) =>
        context.presence.map((row) => scale * presence[0] * row[0]),
      );
      const { parameters } = minimise(objective, new Float64Array(4));
      const weights = queryFeatures.map((_, i) => (i === 0 ? probability : probability ** 2));
      const query = Matrix.rowVector(weights).mmul(new Matrix(queryFeatures.map((row) => [...row])));
      const expected = pseudoinverse(tokenMoment(queryFeatures, probability))
        .mmul(query.transpose())
        .mmul(Matrix.rowVector([...keyFeatures[0]]))
        .mmul(pseudoinverse(frameOf(keyFeatures)))
        .mul(scale);
      const error = parameters.map((value, i) => value - expected.to1DArray()[i]);
      expect(norm(error)).toBeLessThan(1e-6 * norm(parameters));
    }
  });
});
