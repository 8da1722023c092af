import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withConclusion, withoutHypothesis } from '../../src/statement/variants.ts';
import { analyseTheorem3 } from '../../src/theorem3/analysis.ts';
import { gradientBound, interferenceLowerBound } from '../../src/theorem3/orthogonalMinimiser.ts';
import { finiteRhoMeasurement, theorem3 } from '../../src/theorem3/theorem3.ts';
import { feasibleCase, generalCase } from '../../src/theorem3/theorem3Case.ts';

const SEED = 20;

test('holds on random instances of both kinds', () => {
  fc.assert(theorem3.property(), { seed: SEED, numRuns: 120 });
});

test('both kinds of instance occur, and the minimiser tells them apart', () => {
  const interferences = (arbitrary: typeof feasibleCase) =>
    fc
      .sample(arbitrary, { seed: SEED, numRuns: 40 })
      .map((instance) => analyseTheorem3(instance).interference);
  expect(Math.max(...interferences(feasibleCase))).toBeLessThan(1e-9);
  expect(interferences(generalCase).filter((value) => value > 1e-3).length).toBeGreaterThan(20);
});

test('the arbitrary draws admissible cases', () => {
  const sample = fc.sample(theorem3.arbitrary, { seed: SEED, numRuns: 60 });
  expect(sample.filter((instance) => theorem3.evaluate(instance).admissible).length).toBeGreaterThan(57);
});

describe('a wrong conclusion is found out', () => {
  const wrong = [
    withConclusion(theorem3, 'finite-rho', (instance) => finiteRhoMeasurement(instance, 0.25)),
    withConclusion(theorem3, 'finite-rho', (instance) => {
      const right = finiteRhoMeasurement(instance);
      return { ...right, bound: right.bound / instance.rho };
    }),
    withConclusion(theorem3, 'orthogonal-if-attained', (instance) => ({
      measured: analyseTheorem3(instance).interference,
      bound: 0,
      tolerance: 1e-9,
    })),
    withConclusion(theorem3, 'not-orthogonal-otherwise', (instance) => ({
      measured: 100 * interferenceLowerBound(instance),
      bound: analyseTheorem3(instance).interference,
    })),
    withConclusion(theorem3, 'inverse-square', (instance) => {
      const { interference } = analyseTheorem3(instance);
      return {
        measured: interference * (1 - interference),
        bound: (gradientBound(instance) / (10 * instance.rho)) ** 2,
      };
    }),
  ];
  for (const [k, statement] of wrong.entries()) {
    test(
      [
        'a quarter of the bound',
        'ρ² for ρ',
        'orthogonal always',
        'a hundred times the lower bound',
        'a fifth of G',
      ][k],
      () => {
        expect(fc.check(statement.property(), { seed: SEED, numRuns: 200 }).failed).toBe(true);
      },
    );
  }
});

describe('every hypothesis is needed', () => {
  for (const { name, breaking } of theorem3.hypotheses) {
    test(name, () => {
      for (const instance of fc.sample(breaking, { seed: SEED, numRuns: 5 })) {
        const broken = theorem3.evaluate(instance).hypotheses.filter(({ holds }) => !holds);
        expect(broken.map((hypothesis) => hypothesis.name)).toEqual([name]);
      }
      const details = fc.check(withoutHypothesis(theorem3, name).property(), { seed: SEED, numRuns: 100 });
      expect(details.failed).toBe(true);
    });
  }
});
