import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { symmetricPower } from '../../src/spectral/symmetricPower.ts';
import { caught } from '../caught.ts';
import { gaussian, maximumDifference } from '../svd/measures.ts';

function covariance(order: number, samples: number, seed: number): Matrix {
  const data = gaussian(order, samples, seed);
  return data.mmul(data.transpose()).mul(1 / samples);
}

describe('symmetricPower', () => {
  const sigma = covariance(7, 40, 1);
  const identity = Matrix.eye(7, 7);

  it('½ twice is Σ, and is symmetric positive definite', () => {
    const root = symmetricPower(sigma, 0.5);
    expect(maximumDifference(root.mmul(root), sigma)).toBeLessThan(1e-14);
    expect(root.to2DArray()).toEqual(root.transpose().to2DArray());
    expect(symmetricPower(root, 0.5).trace()).toBeGreaterThan(0);
  });

  it('−½ whitens, −1 inverts, 1 changes nothing', () => {
    const whitening = symmetricPower(sigma, -0.5);
    expect(maximumDifference(whitening.mmul(sigma).mmul(whitening), identity)).toBeLessThan(1e-13);
    expect(maximumDifference(symmetricPower(sigma, -1).mmul(sigma), identity)).toBeLessThan(1e-13);
    expect(maximumDifference(symmetricPower(sigma, 1), sigma)).toBeLessThan(1e-14);
  });

  it('inverts an indefinite matrix, of which there is no square root', () => {
    const matrix = Matrix.diag([2, -4]);
    expect(symmetricPower(matrix, -1).to2DArray()).toEqual([
      [0.5, 0],
      [0, -0.25],
    ]);
    expect(caught(() => symmetricPower(matrix, 0.5)).code).toBe('not-positive-semidefinite');
    expect(caught(() => symmetricPower(matrix, -0.5)).code).toBe('not-positive-semidefinite');
  });

  it('takes the root of a singular matrix, but no negative power', () => {
    const singular = covariance(6, 3, 2);
    const root = symmetricPower(singular, 0.5);
    expect(maximumDifference(root.mmul(root), singular)).toBeLessThan(1e-14);
    expect(caught(() => symmetricPower(singular, -0.5)).code).toBe('singular-matrix');
    expect(caught(() => symmetricPower(singular, -1)).code).toBe('singular-matrix');
    expect(caught(() => symmetricPower(Matrix.zeros(2, 2), -1)).code).toBe('singular-matrix');
  });

  it('tells when the result is beyond the range', () => {
    expect(caught(() => symmetricPower(new Matrix([[1e-320]]), -1)).code).toBe('result-overflow');
  });
});
