import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { symmetricEigen } from '../../src/spectral/symmetricEigen.ts';
import { caught } from '../caught.ts';
import {
  frobenius,
  gaussian,
  orthogonalityRatio,
  orthonormal,
  scaleColumns,
  THRESHOLD,
} from '../svd/measures.ts';

function symmetric(order: number, seed: number): Matrix {
  const matrix = gaussian(order, order, seed);
  return Matrix.add(matrix, matrix.transpose());
}

function expectSound(matrix: Matrix): Float64Array {
  const { values, vectors } = symmetricEigen(matrix);
  const back = scaleColumns(vectors, values).mmul(vectors.transpose());
  const bound = THRESHOLD * Math.max(1, matrix.rows) * Number.EPSILON * frobenius(matrix);
  expect(frobenius(Matrix.sub(back, matrix))).toBeLessThanOrEqual(bound);
  expect(orthogonalityRatio(vectors)).toBeLessThan(THRESHOLD);
  for (let k = 1; k < values.length; k += 1) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  return values;
}

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 10, 31, 60])('agrees with ml-matrix at order %i', (order) => {
    const matrix = symmetric(order, 1);
    const values = expectSound(matrix);
    const peer = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues;
    peer.sort((a, b) => b - a);
    for (const [k, value] of values.entries()) expect(value).toBeCloseTo(peer[k], 11);
  });

  it('has the known eigenvalues of the second difference', () => {
    const order = 20;
    const matrix = Matrix.zeros(order, order);
    for (let i = 0; i < order; i += 1) {
      matrix.set(i, i, 2);
      if (i > 0) {
        matrix.set(i, i - 1, -1);
        matrix.set(i - 1, i, -1);
      }
    }
    const values = expectSound(matrix);
    for (const [k, value] of values.entries()) {
      const expected = 2 + 2 * Math.cos(((k + 1) * Math.PI) / (order + 1));
      expect(Math.abs(value - expected)).toBeLessThan(1e-14);
    }
  });

  it.each([4, 12])(
    'keeps the digits of small eigenvalues of a graded definite matrix of order %i',
    (order) => {
      // D·H·D with H = I + 0.1·1·1ᵀ well-conditioned: relative accuracy (Demmel and Veselić).
      const scales = Array.from({ length: order }, (_, k) => 10 ** -((k * 5) % order));
      const matrix = new Matrix(order, order);
      for (let i = 0; i < order; i += 1) {
        for (let j = 0; j < order; j += 1) matrix.set(i, j, scales[i] * (i === j ? 1.1 : 0.1) * scales[j]);
      }
      const { values } = symmetricEigen(matrix);
      // The determinant is the product of the eigenvalues: (1 + order/10) · Π scales².
      const ratio = values.reduce((product, value, k) => product * value * 10 ** (2 * k), 1);
      expect(ratio / (1 + order / 10)).toBeCloseTo(1, 12);
    },
  );

  it('is sound for singular, indefinite, repeated and clustered spectra', () => {
    const basis = orthonormal(12, 12, 3);
    for (const values of [
      [5, 5, 5, 1, 1, 0, 0, 0, 0, -1, -1, -5],
      [1, 1 + 1e-13, 1 - 1e-13, 1e-14, 0, 0, 0, -1e-15, -1e-8, -1, -1, -1],
      new Array(12).fill(0),
      new Array(12).fill(-3),
    ]) {
      const product = scaleColumns(basis, values).mmul(basis.transpose());
      const matrix = Matrix.add(product, product.transpose()).mul(0.5);
      const result = expectSound(matrix);
      const sorted = [...values].sort((a, b) => b - a);
      for (const [k, value] of result.entries()) expect(Math.abs(value - sorted[k])).toBeLessThan(2e-14);
    }
  });

  it('is sound for small integer matrices, which have many zeros and ties', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 8 })
          .chain((order) =>
            fc.array(fc.integer({ min: -2, max: 2 }), { minLength: order ** 2, maxLength: order ** 2 }),
          ),
        (entries) => {
          const order = Math.sqrt(entries.length);
          const matrix = new Matrix(order, order);
          for (let i = 0; i < order; i += 1) {
            for (let j = 0; j < order; j += 1)
              matrix.set(i, j, entries[Math.min(i, j) * order + Math.max(i, j)]);
          }
          const values = expectSound(matrix);
          expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(matrix.trace(), 11);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('works near the ends of the range', () => {
    const unit = symmetric(5, 4);
    const values = symmetricEigen(unit).values;
    for (const power of [-1000, 1000]) {
      const scaled = symmetricEigen(Matrix.mul(unit, 2 ** power)).values;
      for (const [k, value] of scaled.entries()) expect(value * 2 ** -power).toBeCloseTo(values[k], 12);
    }
    expect(caught(() => symmetricEigen(Matrix.ones(2, 2).mul(Number.MAX_VALUE))).code).toBe(
      'eigenvalue-overflow',
    );
  });

  it('takes asymmetry of rounding size, refuses more', () => {
    const matrix = symmetric(4, 5);
    matrix.set(1, 2, matrix.get(1, 2) * (1 + 1e-15));
    expectSound(matrix);
    matrix.set(1, 2, matrix.get(1, 2) + 1e-6);
    const error = caught(() => symmetricEigen(matrix));
    expect([error.code, ...error.path]).toEqual(['not-symmetric', 1, 2]);
  });

  it('refuses what is not square, not finite, or not done in time', () => {
    expect(caught(() => symmetricEigen(Matrix.ones(2, 3))).code).toBe('not-square');
    expect(caught(() => symmetricEigen(new Matrix([[Number.NaN]]))).path).toEqual([0, 0]);
    expect(caught(() => symmetricEigen(symmetric(9, 1), { maximumSweeps: 1 })).code).toBe(
      'eigen-not-converged',
    );
  });
});
