import { Matrix, SingularValueDecomposition as PeerSvd } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { SvfError } from '../../src/error.ts';
import { svd } from '../../src/svd/svd.ts';
import { caught } from '../caught.ts';
import {
  compose,
  expectSound,
  gaussian,
  maximumDifference,
  scaleColumns,
  THRESHOLD,
  withSingularValues,
} from './measures.ts';

const shapes: [number, number][] = [
  [1, 1],
  [1, 7],
  [7, 1],
  [2, 2],
  [3, 5],
  [5, 3],
  [8, 8],
  [9, 9],
  [17, 16],
  [16, 17],
  [40, 7],
  [7, 40],
  [65, 64],
  [64, 64],
  [300, 12],
  [12, 300],
];

describe('svd of random matrices', () => {
  it.each(shapes)('%i × %i', (rows, columns) => {
    for (let seed = 0; seed < 3; seed += 1) {
      const matrix = gaussian(rows, columns, seed);
      const result = svd(matrix);
      expectSound(matrix, result);
      const peer = new PeerSvd(matrix, { autoTranspose: true });
      const values = Array.from(result.singularValues);
      for (const [k, value] of values.entries()) {
        expect(Math.abs(value - peer.diagonal[k])).toBeLessThan(1e-13 * Math.max(rows, columns) * values[0]);
      }
    }
  });

  it('leaves its input as it was', () => {
    const matrix = gaussian(6, 4, 1);
    const before = matrix.clone();
    svd(matrix);
    expect(matrix.to2DArray()).toEqual(before.to2DArray());
  });

  it('is the same to the last bit when repeated', () => {
    const matrix = gaussian(20, 9, 4);
    expect(svd(matrix).V.to2DArray()).toEqual(svd(matrix).V.to2DArray());
  });
});

describe('svd of special matrices', () => {
  it.each(shapes)('zero, %i × %i', (rows, columns) => {
    const matrix = Matrix.zeros(rows, columns);
    const result = svd(matrix);
    expectSound(matrix, result);
    expect(Array.from(result.singularValues).every((value) => value === 0)).toBe(true);
  });

  it.each([1, 2, 10, 33])('identity of order %i', (order) => {
    const result = svd(Matrix.eye(order, order));
    expectSound(Matrix.eye(order, order), result);
    expect(Array.from(result.singularValues)).toEqual(new Array(order).fill(1));
  });

  it('diagonal with signs: values by size, vectors are unit vectors', () => {
    const result = svd(Matrix.diag([2, -7, 0, 3]));
    expect(Array.from(result.singularValues)).toEqual([7, 3, 2, 0]);
    expect(result.U.getColumn(0)).toEqual([0, 1, 0, 0]);
    expect(result.V.get(1, 0)).toBe(-1);
  });

  it('an empty matrix has an empty decomposition', () => {
    const result = svd(new Matrix(0, 3));
    expect([result.U.rows, result.U.columns, result.singularValues.length]).toEqual([0, 0, 0]);
    expect([result.V.rows, result.V.columns]).toEqual([3, 0]);
    expect(svd(new Matrix(3, 0)).U.rows).toBe(3);
    expect(svd(new Matrix(0, 0)).singularValues.length).toBe(0);
  });

  it.each([
    [30, 20, 7],
    [20, 30, 1],
    [25, 25, 24],
  ])('rank-deficient %i × %i of rank %i', (rows, columns, rank) => {
    const matrix = gaussian(rows, rank, 5).mmul(gaussian(rank, columns, 6));
    const result = svd(matrix);
    expectSound(matrix, result);
    const noise = rows * columns * Number.EPSILON * result.singularValues[0];
    expect(result.singularValues[rank - 1]).toBeGreaterThan(noise);
    for (const value of result.singularValues.slice(rank)) expect(value).toBeLessThan(noise);
  });

  it('exactly rank-deficient: repeated and zero columns and rows', () => {
    const matrix = Matrix.zeros(9, 6);
    for (const [i, j] of [
      [0, 0],
      [0, 3],
      [4, 0],
      [4, 3],
      [8, 5],
    ] as const) {
      matrix.set(i, j, 1);
    }
    const result = svd(matrix);
    expectSound(matrix, result);
    expect(result.singularValues[0]).toBeCloseTo(2, 14);
    expect(result.singularValues[1]).toBeCloseTo(1, 14);
    for (const value of result.singularValues.slice(2)) expect(value).toBeLessThan(1e-15);
  });

  it('repeated values: the subspace is right though its basis is free', () => {
    const values = [5, 5, 5, 2, 2, 1];
    const matrix = withSingularValues(12, 9, values, 11);
    const result = svd(matrix);
    expectSound(matrix, result);
    for (const [k, value] of values.entries())
      expect(Math.abs(result.singularValues[k] - value)).toBeLessThan(1e-13);
    const exact = svd(withSingularValues(12, 9, [5, 4, 3, 2, 2, 1], 11));
    for (const side of ['U', 'V'] as const) {
      for (const [from, to] of [
        [0, 2],
        [3, 4],
        [5, 5],
      ] as const) {
        const projection = (basis: Matrix) => {
          const part = basis.subMatrix(0, basis.rows - 1, from, to);
          return part.mmul(part.transpose());
        };
        expect(maximumDifference(projection(result[side]), projection(exact[side]))).toBeLessThan(1e-13);
      }
    }
  });

  it('clustered values: the invariant subspace of the cluster', () => {
    const cluster = [1, 1 - 1e-12, 1 - 2e-12, 1 - 1e-11];
    const matrix = withSingularValues(15, 15, [...cluster, 0.1, 0.1 - 1e-13, 1e-3], 21);
    const apart = svd(withSingularValues(15, 15, [1, 0.9, 0.8, 0.7, 0.1, 0.05, 1e-3], 21));
    const result = svd(matrix);
    expectSound(matrix, result);
    const projection = (basis: Matrix) => {
      const part = basis.subMatrix(0, basis.rows - 1, 0, 3);
      return part.mmul(part.transpose());
    };
    expect(maximumDifference(projection(result.U), projection(apart.U))).toBeLessThan(1e-13);
    expect(maximumDifference(projection(result.V), projection(apart.V))).toBeLessThan(1e-13);
  });

  it.each([
    [16, 16],
    [50, 16],
    [16, 50],
  ])('geometrically graded 1 … 1e-15, %i × %i', (rows, columns) => {
    const values = Array.from({ length: 16 }, (_, k) => 10 ** -k);
    const matrix = withSingularValues(rows, columns, values, 31);
    const result = svd(matrix);
    expectSound(matrix, result);
    for (const [k, value] of values.entries()) {
      expect(Math.abs(result.singularValues[k] - value)).toBeLessThan(THRESHOLD * Number.EPSILON);
    }
  });

  it('columns of very different length are each reproduced to relative accuracy', () => {
    // A = B·D with well-conditioned B: what one-sided Jacobi with pivoting gets right and bidiagonal methods do not.
    const scales = [1, 1e-20, 1e5, 1e-60, 1e-40, 1, 1e-7, 1e-3, 1e-12, 1e2];
    const matrix = scaleColumns(gaussian(10, 10, 8), scales);
    const result = svd(matrix);
    const back = scaleColumns(result.U, result.singularValues).mmul(result.V.transpose());
    for (let j = 0; j < 10; j += 1) {
      const norm = matrix.getColumnVector(j).norm('frobenius');
      const error = Matrix.sub(back, matrix).getColumnVector(j).norm('frobenius');
      expect(error / norm).toBeLessThan(1e-13);
    }
  });

  it('Hilbert, Kahan and Wilkinson matrices', () => {
    const hilbert = new Matrix(12, 12);
    const kahan = new Matrix(30, 30);
    const wilkinson = new Matrix(21, 21);
    const s = Math.sin(1.2);
    const c = Math.cos(1.2);
    for (let i = 0; i < 30; i += 1) {
      for (let j = 0; j < 30; j += 1) {
        if (i < 12 && j < 12) hilbert.set(i, j, 1 / (i + j + 1));
        kahan.set(i, j, i === j ? s ** i : i < j ? -c * s ** i : 0);
        if (i < 21 && j < 21) wilkinson.set(i, j, i === j ? Math.abs(i - 10) : Math.abs(i - j) === 1 ? 1 : 0);
      }
    }
    for (const matrix of [hilbert, kahan, wilkinson]) expectSound(matrix, svd(matrix));
    expect(svd(hilbert).singularValues[0]).toBeCloseTo(1.7953720595619977, 13);
    expect(svd(wilkinson).singularValues[0]).toBeCloseTo(10.746194182903393, 12);
  });
});

describe('svd at the ends of the float64 range', () => {
  it.each([1e-300, 1e-308, 1e300, 1e307])('entries of about %d', (unit) => {
    for (const [rows, columns] of [
      [6, 6],
      [10, 4],
      [4, 10],
    ] as const) {
      const matrix = Matrix.mul(gaussian(rows, columns, 3), unit);
      // Subnormal entries were rounded when the matrix was made; the decomposition is of the rounded matrix.
      expectSound(matrix, svd(matrix), unit);
    }
  });

  it('a subnormal matrix', () => {
    const matrix = new Matrix([
      [3 * 5e-324, 0],
      [0, 4 * 5e-324],
    ]);
    expect(Array.from(svd(matrix).singularValues)).toEqual([4 * 5e-324, 3 * 5e-324]);
  });

  it('tiny beside huge', () => {
    const matrix = new Matrix([
      [1e300, 1e-300],
      [1e-300, 1e-5],
    ]);
    const { singularValues } = svd(matrix);
    expect(singularValues[0]).toBe(1e300);
    expectSound(matrix, svd(matrix), 1e300);
  });

  it('a norm beyond the range is a typed error', () => {
    const error = caught(() => svd(Matrix.ones(3, 3).mul(Number.MAX_VALUE)));
    expect(error.code).toBe('singular-value-overflow');
  });
});

describe('svd refuses', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d, with its place', (value) => {
    const matrix = gaussian(4, 3, 1);
    matrix.set(2, 1, value);
    const error = caught(() => svd(matrix));
    expect(error).toBeInstanceOf(SvfError);
    expect(error.code).toBe('non-finite-entry');
    expect(error.path).toEqual([2, 1]);
    expect(error.received).toBe(String(value));
  });

  it('to go on past its iteration cap', () => {
    const error = caught(() => svd(gaussian(10, 10, 2), { maximumSweeps: 1 }));
    expect(error.code).toBe('svd-not-converged');
    expect(compose(svd(gaussian(10, 10, 2), { maximumSweeps: 20 })).rows).toBe(10);
  });
});
