import {
  frameOperator,
  haarOrthogonal,
  isotropyDeviation,
  Matrix,
  randomStream,
  SvfError,
} from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomUnitVector } from '../../src/optimization/randomUnitVector.ts';
import { theorem2Bound } from '../../src/theorem2/bounds.ts';
import { checkTheorem2 } from '../../src/theorem2/checkTheorem2.ts';
import type { Theorem2Input } from '../../src/theorem2/theorem2Input.ts';

/** N unit features in D dimensions, one per column. */
function features(dimension: number, count: number, seed: number): Matrix {
  const random = randomStream(seed, 'features');
  return new Matrix(Array.from({ length: count }, () => randomUnitVector(dimension, random))).transpose();
}

/** Σ_Q⁻¹ q k⊤ Σ_K⁻¹ by another way: solving. */
function minimiser(queries: Matrix, keys: Matrix, i: number, j: number): Matrix {
  const solve = (set: Matrix, index: number) => {
    const sigma = frameOperator(set);
    // Gauss–Jordan without pivoting is enough for a definite Σ.
    const rows = sigma.to2DArray().map((row, r) => [...row, set.get(r, index)]);
    for (let p = 0; p < rows.length; p += 1) {
      for (let r = 0; r < rows.length; r += 1) {
        if (r === p) continue;
        const factor = rows[r][p] / rows[p][p];
        rows[r] = rows[r].map((value, c) => value - factor * rows[p][c]);
      }
    }
    return Matrix.columnVector(rows.map((row, p) => row[rows.length] / row[p]));
  };
  return solve(queries, i).mmul(solve(keys, j).transpose());
}

test('on the minimiser of own features: everything holds, and Ω and weights agree', () => {
  const queries = features(5, 40, 1);
  const keys = features(5, 60, 2);
  const omega = minimiser(queries, keys, 3, 7).mul(12);
  const check = checkTheorem2({
    queryFeatures: queries,
    keyFeatures: keys,
    queryIndex: 3,
    keyIndex: 7,
    omega,
  });
  expect(check.holds).toBe(true);
  expect(check.head?.misfit).toBeLessThan(1e-12);
  expect(check.head?.aligned).toBe(true);
  expect(check.hypotheses.find(({ name }) => name === 'minimiser')?.holds).toBe(true);
  expect(check.head?.querySine).toBeCloseTo(check.query.sine, 12);
  expect(check.head?.keySine).toBeCloseTo(check.key.sine, 12);
  expect(check.sine).toBeLessThan(check.epsilon);
  expect(check.query.epsilonAtMean).toBeCloseTo(isotropyDeviation(frameOperator(queries)), 12);
  expect(check.query.epsilon).toBeLessThanOrEqual(check.query.epsilonAtMean);

  const rank = 3;
  const queryWeights = omega.mmul(haarOrthogonal(5, randomStream(1, 'turn')).subMatrix(0, 4, 0, rank - 1));
  const keyWeights = haarOrthogonal(5, randomStream(1, 'turn')).subMatrix(0, 4, 0, rank - 1);
  const product = queryWeights.mmul(keyWeights.transpose());
  const common = { queryFeatures: queries, keyFeatures: keys, queryIndex: 3, keyIndex: 7 };
  const byWeights = checkTheorem2({ ...common, queryWeights, keyWeights }).head;
  const byOmega = checkTheorem2({ ...common, omega: product }).head;
  for (const name of ['querySine', 'keySine', 'misfit', 'queryBound', 'keyBound'] as const) {
    expect(byWeights?.[name]).toBeCloseTo(byOmega?.[name] ?? Number.NaN, 11);
  }
});

test('a tight frame: ε = 0, and the minimiser is aligned exactly', () => {
  const basis = haarOrthogonal(4, randomStream(1, 'basis'));
  const check = checkTheorem2({ queryFeatures: basis, queryIndex: 0, keyIndex: 2 });
  expect(check.epsilon).toBeLessThan(1e-14);
  expect(check.sine).toBeLessThan(1e-14);
  expect(check.bounds.every(({ applies, holds }) => applies && holds)).toBe(true);
  expect(check.head).toBeNull();
});

test('which hypotheses fail is told', () => {
  const names = (input: Theorem2Input) =>
    checkTheorem2(input)
      .hypotheses.filter(({ holds }) => !holds)
      .map(({ name }) => name);
  const plain = { queryIndex: 0, keyIndex: 1 };
  expect(names({ ...plain, queryFeatures: haarOrthogonal(3, randomStream(1, 'b')) })).toEqual([]);
  expect(names({ ...plain, queryFeatures: Matrix.eye(3).mul(2) })).toEqual(['unit-features']);
  // Two orthonormal features in three dimensions: tight on their span.
  expect(names({ ...plain, queryFeatures: Matrix.eye(3, 2) })).toEqual(['spanning']);
  const leaning = new Matrix([
    [1, 0.6],
    [0, 0.8],
  ]);
  expect(names({ ...plain, queryFeatures: leaning })).toEqual(['small-eta']);
  expect(names({ ...plain, queryFeatures: Matrix.eye(3), omega: Matrix.eye(3) })).toEqual(['minimiser']);
});

test('features that do not span the space are judged on their span', () => {
  const inPlane = features(2, 9, 5);
  const embedded = Matrix.zeros(4, 9);
  const turn = haarOrthogonal(4, randomStream(2, 'turn'));
  for (let j = 0; j < 9; j += 1) embedded.setColumn(j, [...inPlane.getColumn(j), 0, 0]);
  const flat = checkTheorem2({ queryFeatures: inPlane, queryIndex: 2, keyIndex: 4 });
  const lifted = checkTheorem2({ queryFeatures: turn.mmul(embedded), queryIndex: 2, keyIndex: 4 });
  expect(lifted.query.rank).toBe(2);
  expect(lifted.epsilon).toBeCloseTo(flat.epsilon, 12);
  expect(lifted.sine).toBeCloseTo(flat.sine, 12);
  expect(lifted.holds).toBe(true);
});

test('the bounds hold for any features and any head, however far from the minimiser', () => {
  const property = fc.property(
    fc.record({
      seed: fc.nat({ max: 1e6 }),
      dimension: fc.integer({ min: 2, max: 6 }),
      count: fc.integer({ min: 1, max: 12 }),
      noise: fc.integer({ min: 0, max: 12 }),
      negative: fc.boolean(),
    }),
    ({ seed, dimension, count, noise, negative }) => {
      const queries = features(dimension, count, seed);
      const random = randomStream(seed, 'noise');
      const disturbance = new Matrix(
        Array.from({ length: dimension }, () => randomUnitVector(dimension, random)),
      ).mul(10 ** (noise / 2 - 5));
      const pair = queries.getColumnVector(0).mmul(queries.getColumnVector(count - 1).transpose());
      const omega = Matrix.add(pair.mul(negative ? -1 : 1), disturbance);
      const check = checkTheorem2({ queryFeatures: queries, queryIndex: 0, keyIndex: count - 1, omega });
      expect(check.holds).toBe(true);
    },
  );
  fc.assert(property, { seed: 9, numRuns: 200 });
});

test('slack and ratio are those of the bound', () => {
  const check = checkTheorem2({ queryFeatures: features(3, 3000, 3), queryIndex: 5, keyIndex: 6 });
  const [paper, particular, sharp] = check.bounds;
  expect(paper.bound).toBeCloseTo(theorem2Bound(check.epsilon), 14);
  expect(paper.slack).toBeCloseTo(theorem2Bound(check.epsilon) - check.sine, 14);
  expect(sharp.ratio).toBeCloseTo(check.sine / check.epsilon, 14);
  expect(particular.applies).toBe(check.epsilon < 1 / 12);
});

describe('bad input', () => {
  const good: Theorem2Input = { queryFeatures: Matrix.eye(3), queryIndex: 0, keyIndex: 1 };
  const withNaN = Matrix.eye(3);
  withNaN.set(1, 2, Number.NaN);
  const cases: readonly [string, Theorem2Input, string, readonly (string | number)[]][] = [
    ['index too large', { ...good, queryIndex: 3 }, 'index-out-of-range', ['queryIndex']],
    ['index not an integer', { ...good, keyIndex: 0.5 }, 'index-out-of-range', ['keyIndex']],
    ['keys of another dimension', { ...good, keyFeatures: Matrix.eye(2) }, 'shape-mismatch', ['keyFeatures']],
    ['Ω not square', { ...good, omega: Matrix.ones(3, 2) }, 'shape-mismatch', ['omega']],
    [
      'weights of different head dimension',
      { ...good, queryWeights: Matrix.ones(3, 2), keyWeights: Matrix.ones(3, 1) },
      'shape-mismatch',
      ['keyWeights'],
    ],
    ['half a head', { ...good, queryWeights: Matrix.ones(3, 2) }, 'incomplete-head', ['keyWeights']],
    [
      'two heads',
      { ...good, omega: Matrix.eye(3), queryWeights: Matrix.eye(3), keyWeights: Matrix.eye(3) },
      'ambiguous-head',
      ['omega'],
    ],
    ['a head of zeros', { ...good, omega: Matrix.zeros(3, 3) }, 'zero-head', ['omega']],
    [
      'a feature of zeros',
      { ...good, queryFeatures: Matrix.eye(3, 3).mul(0) },
      'zero-feature',
      ['queryFeatures', 0],
    ],
    ['NaN', { ...good, omega: withNaN }, 'non-finite-entry', ['omega', 1, 2]],
  ];
  for (const [name, input, code, path] of cases) {
    test(name, () => {
      expect(() => checkTheorem2(input)).toThrow(SvfError);
      expect(() => checkTheorem2(input)).toThrow(expect.objectContaining({ code, path }));
    });
  }
});
