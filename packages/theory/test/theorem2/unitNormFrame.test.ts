import { frameOperator, haarOrthogonal, Matrix, randomStream, SvfError } from '@svf-alignment/core';
import { expect, test } from 'vitest';
import { norm } from '../../src/linear/vectors.ts';
import { randomUnitVector } from '../../src/optimization/randomUnitVector.ts';
import { unitNormFrame } from '../../src/theorem2/unitNormFrame.ts';

test('unit vectors, the given one first, whose frame operator is the given one', () => {
  const random = randomStream(3, 'frames');
  for (let round = 0; round < 50; round += 1) {
    const dimension = 2 + random.integer(5);
    const basis = haarOrthogonal(dimension, random);
    const weights = Array.from({ length: dimension }, () => 1 + random.uniform());
    const count = 2 * dimension + random.integer(6);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const sigma = basis
      .mmul(Matrix.diag(weights.map((weight) => (weight * count) / sum)))
      .mmul(basis.transpose());
    const first = randomUnitVector(dimension, random);
    const symmetric = Matrix.add(sigma, sigma.transpose()).mul(0.5);
    const frame = unitNormFrame(symmetric, first);
    expect(frame).toHaveLength(count);
    expect(frame[0]).toEqual(first);
    for (const vector of frame) expect(norm(vector)).toBeCloseTo(1, 12);
    const difference = Matrix.sub(frameOperator(new Matrix(frame).transpose()), sigma);
    expect(Math.max(...difference.to1DArray().map(Math.abs))).toBeLessThan(1e-11);
  }
});

test('refuses where there is none', () => {
  for (const [diagonal, first] of [
    [
      [0.5, 3.5],
      [1, 0],
    ], // more along the vector than Σ has
    [
      [1.3, 1.3],
      [1, 0],
    ], // no integer trace
    [
      [1, 1],
      [1, 0],
    ], // no room for more than a basis
  ] as const) {
    expect(() => unitNormFrame(Matrix.diag([...diagonal]), first)).toThrow(SvfError);
  }
});
