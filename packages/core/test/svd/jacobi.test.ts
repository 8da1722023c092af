import { describe, expect, it } from 'vitest';
import { columnsFrom, matrixFrom, transposed } from '../../src/matrix/columns.ts';
import { approximateEigenvectors } from '../../src/spectral/approximateEigenvectors.ts';
import { orthogonalizeColumns } from '../../src/svd/jacobi.ts';
import { gaussian, maximumDifference, orthogonalityRatio } from './measures.ts';

describe('one-sided Jacobi', () => {
  const matrix = gaussian(40, 40, 1);

  it('ends with columns that are orthogonal relative to their own lengths', () => {
    const { columns, rotations } = orthogonalizeColumns(columnsFrom(matrix), 60);
    const y = matrixFrom(columns);
    for (let j = 0; j < 40; j += 1) {
      for (let k = 0; k < j; k += 1) {
        const [a, b] = [y.getColumnVector(j), y.getColumnVector(k)];
        const cosine = a.dot(b) / (a.norm('frobenius') * b.norm('frobenius'));
        expect(Math.abs(cosine)).toBeLessThan(10 * Number.EPSILON);
      }
    }
    expect(orthogonalityRatio(matrixFrom(rotations))).toBeLessThan(30);
    expect(maximumDifference(matrix.mmul(matrixFrom(rotations)), y)).toBeLessThan(1e-13);
  });

  it('needs few sweeps, and two or three from approximate eigenvectors', () => {
    expect(orthogonalizeColumns(columnsFrom(matrix), 60).sweeps).toBeLessThanOrEqual(10);
    const start = approximateEigenvectors(columnsFrom(matrix.transpose().mmul(matrix)));
    const turned = matrix.mmul(matrixFrom(start));
    const result = orthogonalizeColumns(columnsFrom(turned), 60, start);
    expect(result.sweeps).toBeLessThanOrEqual(3);
    const back = matrixFrom(result.columns).mmul(matrixFrom(transposed(result.rotations)));
    expect(maximumDifference(back, matrix)).toBeLessThan(1e-13);
  });
});
