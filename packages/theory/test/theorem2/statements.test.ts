import { Matrix, symmetricEigen } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot, norm } from '../../src/linear/vectors.ts';
import type { Statement } from '../../src/statement/statement.ts';
import { withConclusion, withoutHypothesis } from '../../src/statement/variants.ts';
import { analyseTheorem2, type Theorem2Case } from '../../src/theorem2/analysis.ts';
import { kantorovichCosine, theorem2Bound, theorem2ParticularBound } from '../../src/theorem2/bounds.ts';
import { theorem2 } from '../../src/theorem2/theorem2.ts';
import { theorem2Attained } from '../../src/theorem2/theorem2Attained.ts';
import { theorem2Condition } from '../../src/theorem2/theorem2Condition.ts';
import { theorem2Particular } from '../../src/theorem2/theorem2Particular.ts';
import { theorem2Sharp } from '../../src/theorem2/theorem2Sharp.ts';
import { worstCaseSearch } from '../../src/theorem2/worstCaseSearch.ts';
import { worstFeature } from '../../src/theorem2/worstFeature.ts';

const SEED = 7;
const NO_FRAME = { kind: 'operator' } as const;

function describeStatement<Case>(statement: Statement<Case>, runs: number): void {
  describe(statement.id, () => {
    test('holds', () => {
      fc.assert(statement.property(), { seed: SEED, numRuns: runs });
    });

    test('the arbitrary draws admissible cases, which JSON can carry', () => {
      const sample = fc.sample(statement.arbitrary, { seed: SEED, numRuns: 60 });
      const admissible = sample.filter((instance) => statement.evaluate(instance).admissible);
      expect(admissible.length).toBeGreaterThan(57);
      expect(JSON.parse(JSON.stringify(sample))).toEqual(sample);
    });

    for (const { name, breaking } of statement.hypotheses) {
      test(`needs the hypothesis ${name}`, () => {
        for (const instance of fc.sample(breaking, { seed: SEED, numRuns: 20 })) {
          const broken = statement.evaluate(instance).hypotheses.filter(({ holds }) => !holds);
          expect(broken.map((hypothesis) => hypothesis.name)).toEqual([name]);
        }
        const details = fc.check(withoutHypothesis(statement, name).property(), { seed: SEED, numRuns: 200 });
        expect(details.failed).toBe(true);
      });
    }
  });
}

describeStatement(theorem2, 300);
describeStatement(theorem2Particular, 200);
describeStatement(theorem2Sharp, 300);
describeStatement(theorem2Condition, 100);
describeStatement(theorem2Attained, 15);

/** The sine against another bound than the statement's. */
const against = (bound: (epsilon: number) => number) => (instance: Theorem2Case) => ({
  measured: analyseTheorem2(instance).sine,
  bound: bound(instance.epsilon),
  tolerance: 1e-12,
});
const fails = <Case>(statement: Statement<Case>, runs = 300) =>
  fc.check(statement.property(), { seed: SEED, numRuns: runs }).failed;

describe('a wrong conclusion is found out', () => {
  const perturbation = (bound: (epsilon: number) => number) =>
    withConclusion(theorem2, 'perturbation', (instance) => ({
      measured: analyseTheorem2(instance).perturbation,
      bound: bound(instance.epsilon),
      tolerance: 1e-12,
    }));

  test('theorem2: ε/2 for ε in ‖Δ‖ ≤ η', () => {
    expect(fails(perturbation((epsilon) => (1 - epsilon / 2) ** -2 - 1))).toBe(true);
  });

  test('theorem2: an inverse dropped, (1 − ε)⁻¹ − 1 for η', () => {
    expect(fails(perturbation((epsilon) => 1 / (1 - epsilon) - 1))).toBe(true);
  });

  test('theorem2: the factor 1/(1 − ‖Δ‖) of the perturbation step is not wasted on Δ: half of it fails', () => {
    const statement = withConclusion(theorem2, 'wedin', (instance) => {
      const { sine, perturbation } = analyseTheorem2(instance);
      return { measured: sine, bound: perturbation / 2, tolerance: 1e-12 };
    });
    expect(fails(statement)).toBe(true);
  });

  test('theorem2: a third of the bound', () => {
    expect(
      fails(
        withConclusion(
          theorem2,
          'angle',
          against((epsilon) => theorem2Bound(epsilon) / 3),
        ),
      ),
    ).toBe(true);
  });

  test('theorem2: ε² for ε', () => {
    expect(
      fails(
        withConclusion(
          theorem2,
          'angle',
          against((epsilon) => theorem2Bound(epsilon ** 2)),
        ),
      ),
    ).toBe(true);
  });

  test('theorem2-particular: an eighth of the bound; η ≤ 2ε', () => {
    const eighth = against((epsilon) => theorem2ParticularBound(epsilon) / 8);
    expect(fails(withConclusion(theorem2Particular, 'angle', eighth))).toBe(true);
    const eta = withConclusion(theorem2Particular, 'eta', ({ epsilon }) => ({
      measured: (1 - epsilon) ** -2 - 1,
      bound: 2 * epsilon,
    }));
    expect(fails(eta)).toBe(true);
  });

  test('theorem2-sharp: 0.999 ε, ε/2 and ε/(1 + ε)', () => {
    for (const bound of [(e: number) => 0.999 * e, (e: number) => e / 2, (e: number) => e / (1 + e)]) {
      expect(fails(withConclusion(theorem2Sharp, 'sine', against(bound)))).toBe(true);
      const angle = withConclusion(theorem2Sharp, 'angle', (instance) => ({
        measured: analyseTheorem2(instance).angle,
        bound: Math.asin(bound(instance.epsilon)),
        tolerance: 1e-12,
      }));
      expect(fails(angle)).toBe(true);
    }
  });

  test('theorem2-condition: the worst feature with l and L exchanged does not attain the bound', () => {
    const swapped = withConclusion(theorem2Condition, 'attained', ({ sigma }) => {
      const { values, vectors } = symmetricEigen(new Matrix(sigma.map((row) => [...row])));
      const last = values.length - 1;
      const [low, high] = [vectors.getColumn(last), vectors.getColumn(0)];
      const feature = worstFeature(values[0], low, values[last], high);
      const image = low.map(
        (value, i) => (dot(low, feature) * value) / values[last] + (dot(high, feature) * high[i]) / values[0],
      );
      const cosine = dot(image, feature) / norm(image);
      const bound = kantorovichCosine(values[0] / values[last]);
      return { measured: Math.abs(cosine - bound), bound: 1e-10 };
    });
    expect(fails(swapped)).toBe(true);
  });

  test('theorem2-condition: 1.001 times the bound', () => {
    const statement = withConclusion(theorem2Condition, 'cosine', (instance) => {
      const right = theorem2Condition.conclusions[0].measure(instance);
      return { ...right, measured: 1.001 * right.measured };
    });
    expect(fails(statement)).toBe(true);
  });

  test('theorem2-attained: 0.999 ε is passed by the search', () => {
    const statement = withConclusion(theorem2Attained, 'not-passed', (instance) => ({
      measured: worstCaseSearch(instance).sine,
      bound: 0.999 * instance.epsilon,
    }));
    expect(fails(statement, 3)).toBe(true);
  });
});

describe('what need not be assumed, and how wide the paper’s bound is', () => {
  test('with ε/2 for ε the paper’s bound still holds', () => {
    expect(
      fails(
        withConclusion(
          theorem2,
          'angle',
          against((epsilon) => theorem2Bound(epsilon / 2)),
        ),
      ),
    ).toBe(false);
  });

  test('measured/bound stays below 1/2 for the paper’s bound, 1/6 for the explicit one, and comes near', () => {
    for (const [statement, name, limit] of [
      [theorem2, 'angle', 1 / 2],
      [theorem2Particular, 'angle', 1 / 6],
    ] as const) {
      let largest = 0;
      const onCase = (evaluation: ReturnType<typeof statement.evaluate>) => {
        for (const conclusion of evaluation.conclusions) {
          if (conclusion.name === name) largest = Math.max(largest, conclusion.ratio);
        }
      };
      fc.assert(statement.property({ onCase }), { seed: SEED, numRuns: 300 });
      expect(largest).toBeLessThan(limit);
      expect(largest).toBeGreaterThan(0.99 * limit);
    }
  });

  test('Σ need not be symmetric for sin ≤ ε', () => {
    const entry = fc.integer({ min: -100, max: 100 });
    const asymmetric = fc
      .record({ a: entry, b: entry, c: entry, d: entry, angle: fc.integer({ min: 0, max: 359 }) })
      .map(({ a, b, c, d, angle }): Theorem2Case => {
        const error = [
          [a / 300, b / 300],
          [c / 300, d / 300],
        ];
        const feature = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
        const side = { ...NO_FRAME, alpha: 1, error, feature };
        return { query: side, key: side, epsilon: 0, tau: 1 };
      })
      .map((instance) => ({ ...instance, epsilon: analyseTheorem2(instance).deviation }));
    const property = theorem2Sharp.property({ arbitrary: asymmetric });
    expect(fc.check(property, { seed: SEED, numRuns: 300 }).failed).toBe(false);
  });
});
