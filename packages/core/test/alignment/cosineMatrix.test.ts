import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { cosineMatrix } from '../../src/alignment/cosineMatrix.ts';
import { caught } from '../caught.ts';
import { gaussian } from '../svd/measures.ts';

describe('cosineMatrix', () => {
  it('is the scalar product over the product of lengths', () => {
    const a = gaussian(7, 5, 1);
    const b = gaussian(7, 3, 2);
    const cosines = cosineMatrix(a, b);
    for (let i = 0; i < 5; i += 1) {
      for (let j = 0; j < 3; j += 1) {
        const [x, y] = [a.getColumnVector(i), b.getColumnVector(j)];
        const expected = x.dot(y) / (x.norm('frobenius') * y.norm('frobenius'));
        expect(cosines.get(i, j)).toBeCloseTo(expected, 14);
      }
    }
  });

  it('stays within [−1, 1] and is 0 for a zero column', () => {
    const a = gaussian(13, 40, 3);
    const cosines = cosineMatrix(a, Matrix.mul(a, -3));
    expect(cosines.min()).toBeGreaterThanOrEqual(-1);
    expect(cosineMatrix(Matrix.zeros(3, 1), gaussian(3, 2, 1)).to2DArray()).toEqual([[0, 0]]);
  });

  it('does not depend on scale, down to subnormal and up to the largest numbers', () => {
    const a = new Matrix([[3], [4]]);
    const b = new Matrix([[1], [0]]);
    for (const scale of [5e-324, 1e-200, 1e200, 4e307]) {
      expect(cosineMatrix(Matrix.mul(a, scale), Matrix.mul(b, scale)).get(0, 0)).toBeCloseTo(0.6, 15);
    }
  });

  it('refuses columns of different length and non-finite entries', () => {
    expect(caught(() => cosineMatrix(gaussian(3, 1, 1), gaussian(4, 1, 1))).code).toBe('shape-mismatch');
    expect(caught(() => cosineMatrix(new Matrix([[1, Number.NaN]]), new Matrix([[1]]))).path).toEqual([0, 1]);
  });
});
