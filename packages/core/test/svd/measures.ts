import { Matrix } from 'ml-matrix';
import { expect } from 'vitest';
import { randomStream } from '../../src/random/randomStream.ts';
import type { SingularValueDecomposition } from '../../src/svd/svd.ts';

/** LAPACK's test threshold for its own drivers: ratios are O(1) when all is well. */
export const THRESHOLD = 30;
const ULP = Number.EPSILON;

export function gaussian(rows: number, columns: number, seed: number): Matrix {
  const random = randomStream(seed, `test/gaussian/${rows}x${columns}`);
  const matrix = new Matrix(rows, columns);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) matrix.set(i, j, random.normal());
  return matrix;
}

/** A·diag(scales). */
export function scaleColumns(matrix: Matrix, scales: ArrayLike<number>): Matrix {
  return matrix.clone().mulRowVector(Array.from(scales));
}

export function frobenius(matrix: Matrix): number {
  const scale = Math.max(matrix.max(), -matrix.min());
  return scale === 0 ? 0 : scale * Matrix.div(matrix, scale).norm('frobenius');
}

export function maximumDifference(a: Matrix, b: Matrix): number {
  return a.rows * a.columns === 0 ? 0 : Matrix.abs(Matrix.sub(a, b)).max();
}

export function compose({ U, singularValues, V }: SingularValueDecomposition): Matrix {
  return scaleColumns(U, singularValues).mmul(V.transpose());
}

/** ‖A − UΣVᵀ‖ / (‖A‖ · max(m, n) · ulp), with A and Σ divided by `unit` before anything is multiplied. */
export function residualRatio(matrix: Matrix, decomposition: SingularValueDecomposition, unit = 1): number {
  const scaled = Matrix.div(matrix, unit);
  const norm = frobenius(scaled);
  const values = decomposition.singularValues.map((value) => value / unit);
  const error = frobenius(Matrix.sub(scaled, compose({ ...decomposition, singularValues: values })));
  return norm === 0 ? error / ULP : error / (norm * Math.max(matrix.rows, matrix.columns) * ULP);
}

/** ‖I − UᵀU‖ / (m · ulp). */
export function orthogonalityRatio(basis: Matrix): number {
  const defect = Matrix.sub(basis.transpose().mmul(basis), Matrix.eye(basis.columns, basis.columns));
  return frobenius(defect) / (basis.rows * ULP);
}

/** All that LAPACK's tests ask of an SVD, and our choice of signs. */
export function expectSound(matrix: Matrix, decomposition: SingularValueDecomposition, unit = 1): void {
  const { U, singularValues, V } = decomposition;
  const rank = Math.min(matrix.rows, matrix.columns);
  expect([U.rows, U.columns, singularValues.length, V.rows, V.columns]).toEqual([
    matrix.rows,
    rank,
    rank,
    matrix.columns,
    rank,
  ]);
  expect(residualRatio(matrix, decomposition, unit)).toBeLessThan(THRESHOLD);
  expect(orthogonalityRatio(U)).toBeLessThan(THRESHOLD);
  expect(orthogonalityRatio(V)).toBeLessThan(THRESHOLD);
  for (let k = 0; k < rank; k += 1) {
    expect(singularValues[k]).toBeGreaterThanOrEqual(0);
    if (k > 0) expect(singularValues[k]).toBeLessThanOrEqual(singularValues[k - 1]);
    const column = U.getColumn(k);
    const largest = column.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    expect(largest).toBeGreaterThan(0);
  }
}

/** A = Q₁ diag(σ) Q₂ᵀ with random orthonormal columns (from ml-matrix's QR, so independent of ours). */
export function withSingularValues(
  rows: number,
  columns: number,
  values: readonly number[],
  seed: number,
): Matrix {
  const left = orthonormal(rows, values.length, seed);
  const right = orthonormal(columns, values.length, seed + 1);
  return scaleColumns(left, values).mmul(right.transpose());
}

export function orthonormal(rows: number, columns: number, seed: number): Matrix {
  const basis = gaussian(rows, columns, seed);
  // Gram–Schmidt twice.
  for (let pass = 0; pass < 2; pass += 1) {
    for (let j = 0; j < columns; j += 1) {
      let column = basis.getColumnVector(j);
      for (let k = 0; k < j; k += 1) {
        const other = basis.getColumnVector(k);
        column = Matrix.sub(column, Matrix.mul(other, other.dot(column)));
      }
      basis.setColumn(j, Matrix.div(column, column.norm('frobenius')));
    }
  }
  return basis;
}
