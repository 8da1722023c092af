import fc from 'fast-check';
import { Matrix, pseudoInverse as peerPseudoinverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { pseudoinverse } from '../../src/spectral/pseudoinverse.ts';
import { caught } from '../caught.ts';
import { gaussian, maximumDifference } from '../svd/measures.ts';

describe('pseudoinverse', () => {
  it('satisfies the four Penrose conditions, at any shape and rank', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, fc.nat(1000), (rows, columns, rank, seed) => {
        const a = gaussian(rows, rank, seed).mmul(gaussian(rank, columns, seed + 1));
        const inverse = pseudoinverse(a, { tolerance: 1e-12 });
        expect([inverse.rows, inverse.columns]).toEqual([columns, rows]);
        const forth = a.mmul(inverse);
        const back = inverse.mmul(a);
        const norm = Math.max(1, Matrix.abs(inverse).max() * Matrix.abs(a).max());
        const bound = 1e-12 * norm;
        expect(maximumDifference(forth.mmul(a), a)).toBeLessThan(bound * Math.max(1, Matrix.abs(a).max()));
        expect(maximumDifference(back.mmul(inverse), inverse)).toBeLessThan(
          bound * Matrix.abs(inverse).max(),
        );
        expect(maximumDifference(forth, forth.transpose())).toBeLessThan(bound);
        expect(maximumDifference(back, back.transpose())).toBeLessThan(bound);
      }),
    );
  });

  it('agrees with ml-matrix and with the inverse of a regular matrix', () => {
    const tall = gaussian(9, 4, 1);
    expect(maximumDifference(pseudoinverse(tall), peerPseudoinverse(tall))).toBeLessThan(1e-13);
    const square = Matrix.add(gaussian(5, 5, 2), Matrix.eye(5, 5).mul(5));
    expect(maximumDifference(pseudoinverse(square).mmul(square), Matrix.eye(5, 5))).toBeLessThan(1e-14);
  });

  it('of zeros is zeros, transposed in shape', () => {
    expect(pseudoinverse(Matrix.zeros(3, 2)).to2DArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('cuts off what the tolerance names, and tells of overflow', () => {
    const matrix = Matrix.diag([1, 1e-3]);
    expect(pseudoinverse(matrix).get(1, 1)).toBeCloseTo(1000, 9);
    expect(pseudoinverse(matrix, { tolerance: 1e-2 }).get(1, 1)).toBe(0);
    expect(caught(() => pseudoinverse(new Matrix([[1e-310]]))).code).toBe('result-overflow');
  });
});
