import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { columnsFrom, matrixFrom } from '../../src/matrix/columns.ts';
import { applyQ } from '../../src/qr/applyQ.ts';
import { approximateEigenvectors } from '../../src/spectral/approximateEigenvectors.ts';
import { tridiagonalEigenvectors } from '../../src/spectral/tridiagonalEigenvectors.ts';
import { tridiagonalForm } from '../../src/spectral/tridiagonalForm.ts';
import { frobenius, gaussian, maximumDifference, orthogonalityRatio } from '../svd/measures.ts';

function symmetric(order: number, seed: number): Matrix {
  const matrix = gaussian(order, order, seed);
  return Matrix.add(matrix, matrix.transpose());
}

const tridiagonal = (diagonal: Float64Array, offDiagonal: Float64Array): Matrix => {
  const matrix = Matrix.diag(Array.from(diagonal));
  for (let k = 0; k + 1 < diagonal.length; k += 1) {
    matrix.set(k + 1, k, offDiagonal[k]);
    matrix.set(k, k + 1, offDiagonal[k]);
  }
  return matrix;
};

describe.each([1, 2, 3, 8, 21])('order %i', (order) => {
  it('A = Q·T·Qᵀ', () => {
    const matrix = symmetric(order, 1);
    const { reflections, diagonal, offDiagonal } = tridiagonalForm(columnsFrom(matrix));
    const q = matrixFrom(applyQ(reflections, columnsFrom(Matrix.eye(order, order))));
    const back = q.mmul(tridiagonal(diagonal, offDiagonal)).mmul(q.transpose());
    expect(orthogonalityRatio(q)).toBeLessThan(30);
    expect(maximumDifference(back, matrix)).toBeLessThan(1e-14 * order * frobenius(matrix));
  });

  it('QL diagonalizes', () => {
    const random = gaussian(2, order, 2);
    const diagonal = Float64Array.from(random.getRow(0));
    const offDiagonal = Float64Array.from(random.getRow(1));
    offDiagonal[order - 1] = 0;
    const matrix = tridiagonal(diagonal, offDiagonal);
    const vectors = matrixFrom(tridiagonalEigenvectors(diagonal, offDiagonal));
    const turned = vectors.transpose().mmul(matrix).mmul(vectors);
    expect(orthogonalityRatio(vectors)).toBeLessThan(30);
    expect(maximumDifference(turned, Matrix.diag(Array.from(diagonal)))).toBeLessThan(1e-14 * order * 4);
  });

  it('the start is orthonormal, and nearly diagonalizes', () => {
    const matrix = symmetric(order, 3);
    const vectors = matrixFrom(approximateEigenvectors(columnsFrom(matrix)));
    const turned = vectors.transpose().mmul(matrix).mmul(vectors);
    const off = Matrix.sub(turned, Matrix.diag(turned.diagonal()));
    expect(orthogonalityRatio(vectors)).toBeLessThan(30);
    expect(Matrix.abs(off).max()).toBeLessThan(1e-13 * order);
  });
});

it('a diagonal or a zero matrix is left as it is', () => {
  const diagonal = Float64Array.of(3, -1, 0, 2);
  const vectors = tridiagonalEigenvectors(diagonal, new Float64Array(4));
  expect(Array.from(diagonal)).toEqual([3, -1, 0, 2]);
  expect(matrixFrom(vectors).to2DArray()).toEqual(Matrix.eye(4, 4).to2DArray());
});
