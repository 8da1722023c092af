import type { AbstractMatrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, columnsFrom } from '../matrix/columns.ts';

/** Asymmetry up to this share of the largest entry is taken for rounding. */
const ASYMMETRY = 1e-10;

/**
 * Copies a symmetric matrix; asymmetry of the order of rounding is averaged away.
 *
 * @throws SvfError `not-square`; `not-symmetric` and `non-finite-entry` with path [row, column].
 */
export function symmetricColumnsFrom(matrix: AbstractMatrix): Columns {
  if (matrix.rows !== matrix.columns) {
    throw new SvfError('A symmetric matrix is square.', {
      code: 'not-square',
      expected: 'as many rows as columns',
      received: `${matrix.rows} × ${matrix.columns}`,
    });
  }
  const copy = columnsFrom(matrix);
  const { rows: order, values } = copy;
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i]));
  for (let j = 0; j < order; j += 1) {
    for (let i = 0; i < j; i += 1) {
      const upper = values[i + order * j];
      const lower = values[j + order * i];
      // Halved first: the difference or sum of two finite numbers may overflow.
      if (Math.abs(upper / 2 - lower / 2) > (ASYMMETRY * largest) / 2) throw asymmetric(i, j, upper, lower);
      const mean = upper / 2 + lower / 2;
      values[i + order * j] = upper === lower ? upper : mean;
      values[j + order * i] = values[i + order * j];
    }
  }
  return copy;
}

function asymmetric(row: number, column: number, upper: number, lower: number): SvfError {
  return new SvfError(`The matrix is not symmetric at row ${row}, column ${column}.`, {
    code: 'not-symmetric',
    path: [row, column],
    expected: `${lower}, the entry at [${column}, ${row}]`,
    received: String(upper),
    remedy: 'Pass (A + Aᵀ)/2, or use svd for a matrix without symmetry.',
  });
}
