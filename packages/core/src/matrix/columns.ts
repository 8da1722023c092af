import { type AbstractMatrix, Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';

/**
 * A dense matrix as the kernels of this package see it: one flat array, column after column. The entry (i, j)
 * stands at `values[i + rows * j]`.
 */
export interface Columns {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix of zeros. */
export function zeroColumns(rows: number, columns: number): Columns {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/**
 * Copies `matrix`.
 *
 * @throws SvfError `non-finite-entry` with path [row, column] for NaN and ±Infinity.
 */
export function columnsFrom(matrix: AbstractMatrix): Columns {
  const { rows, columns } = matrix;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0, at = i; j < columns; j += 1, at += rows) {
      const value = matrix.get(i, j);
      if (!Number.isFinite(value)) throw nonFinite(i, j, value);
      values[at] = value;
    }
  }
  return { rows, columns, values };
}

/** The same entries as an ml-matrix `Matrix`. */
export function matrixFrom({ rows, columns, values }: Columns): Matrix {
  const matrix = new Matrix(rows, columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0, at = i; j < columns; j += 1, at += rows) matrix.set(i, j, values[at]);
  }
  return matrix;
}

/** The transposed copy. */
export function transposed({ rows, columns, values }: Columns): Columns {
  const result = new Float64Array(values.length);
  for (let j = 0; j < columns; j += 1) {
    for (let i = 0; i < rows; i += 1) result[j + columns * i] = values[i + rows * j];
  }
  return { rows: columns, columns: rows, values: result };
}

function nonFinite(row: number, column: number, value: number): SvfError {
  return new SvfError(`The entry at row ${row}, column ${column} is ${value}.`, {
    code: 'non-finite-entry',
    path: [row, column],
    expected: 'a finite number',
    received: String(value),
    remedy: 'Find where the value comes from; a diverged training run is the usual cause.',
  });
}
