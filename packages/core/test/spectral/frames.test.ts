import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/random/randomStream.ts';
import { frameOperator, gramMatrix } from '../../src/spectral/gramMatrix.ts';
import { haarOrthogonal } from '../../src/spectral/haarOrthogonal.ts';
import { isotropyDeviation } from '../../src/spectral/isotropyDeviation.ts';
import { caught } from '../caught.ts';
import { gaussian, maximumDifference, orthogonalityRatio } from '../svd/measures.ts';

describe('gramMatrix and frameOperator', () => {
  it('are WᵀW and W Wᵀ, exactly symmetric', () => {
    for (const [rows, columns] of [
      [1, 1],
      [5, 7],
      [8, 4],
      [13, 13],
    ] as const) {
      const features = gaussian(rows, columns, 1);
      const gram = gramMatrix(features);
      const frame = frameOperator(features);
      expect(maximumDifference(gram, features.transpose().mmul(features))).toBeLessThan(1e-13);
      expect(maximumDifference(frame, features.mmul(features.transpose()))).toBeLessThan(1e-13);
      expect(gram.to2DArray()).toEqual(gram.transpose().to2DArray());
      expect(frame.to2DArray()).toEqual(frame.transpose().to2DArray());
    }
  });

  it('tell of overflow', () => {
    expect(caught(() => gramMatrix(new Matrix([[1e200]]))).code).toBe('result-overflow');
  });
});

describe('haarOrthogonal', () => {
  it.each([1, 2, 10, 64])('is orthogonal at size %i', (size) => {
    const matrix = haarOrthogonal(size, randomStream(1, 'haar'));
    expect(orthogonalityRatio(matrix)).toBeLessThan(30);
  });

  it('depends on the seed and on nothing else', () => {
    const draw = (seed: number) => haarOrthogonal(6, randomStream(seed, 'haar')).to2DArray();
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it('has the moments of Haar measure: mean 0, E q² = 1/n, E q⁴ = 3/(n(n+2)), E tr² = 1', () => {
    // Without the sign correction of Q, E tr² and the mean of the diagonal are wrong.
    const size = 4;
    const count = 4000;
    const random = randomStream(5, 'haar');
    const sums = { diagonal: 0, square: 0, fourth: 0, trace: 0, determinant: 0 };
    for (let i = 0; i < count; i += 1) {
      const q = haarOrthogonal(size, random);
      sums.diagonal += q.trace() / size / count;
      sums.trace += q.trace() ** 2 / count;
      sums.square += q.get(2, 0) ** 2 / count;
      sums.fourth += q.get(1, 3) ** 4 / count;
    }
    // Bounds of about five standard errors.
    expect(Math.abs(sums.diagonal)).toBeLessThan(0.02);
    expect(Math.abs(sums.trace - 1)).toBeLessThan(0.11);
    expect(Math.abs(sums.square - 1 / 4)).toBeLessThan(0.016);
    expect(Math.abs(sums.fourth - 3 / 24)).toBeLessThan(0.015);
  });
});

describe('isotropyDeviation', () => {
  it('is 0 for a tight frame, whatever its bound', () => {
    // Three unit vectors at 120° are a tight frame of the plane with bound 3/2.
    const angles = [0, (2 * Math.PI) / 3, (4 * Math.PI) / 3];
    const frame = new Matrix([angles.map(Math.cos), angles.map(Math.sin)]);
    expect(isotropyDeviation(frameOperator(frame))).toBeLessThan(1e-15);
    expect(isotropyDeviation(Matrix.eye(5, 5).mul(1e-200))).toBeLessThan(1e-15);
  });

  it('is the largest relative distance of an eigenvalue from their mean', () => {
    expect(isotropyDeviation(Matrix.diag([1, 2, 3]))).toBeCloseTo(0.5, 15);
    expect(isotropyDeviation(Matrix.diag([4, 0, 0, 0]))).toBeCloseTo(3, 15);
    const turn = haarOrthogonal(3, randomStream(2, 'turn'));
    const sigma = turn.mmul(Matrix.diag([1, 2, 6])).mmul(turn.transpose());
    expect(isotropyDeviation(sigma)).toBeCloseTo(1, 14);
  });

  it('refuses a matrix without a positive mean eigenvalue', () => {
    expect(caught(() => isotropyDeviation(Matrix.zeros(2, 2))).code).toBe('no-mean-eigenvalue');
  });
});
