import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, columnsFrom, matrixFrom, zeroColumns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { binaryExponent, scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';

/**
 * Cosines between the columns of two matrices: entry (i, j) is cos(a_i, b_j), in [−1, 1]; 0 where either is zero.
 *
 * @param a [D, N]
 * @param b [D, M]
 * @returns [N, M]
 * @throws SvfError `shape-mismatch`; `non-finite-entry` with path [row, column].
 */
export function cosineMatrix(a: AbstractMatrix, b: AbstractMatrix): Matrix {
  if (a.rows !== b.rows) {
    throw new SvfError('Columns of different length have no cosine.', {
      code: 'shape-mismatch',
      expected: `${a.rows} rows`,
      received: `${b.rows} rows`,
      remedy: 'Pass vectors as columns; transpose a matrix that holds them as rows.',
    });
  }
  const left = normalizedColumns(columnsFrom(a));
  const right = normalizedColumns(columnsFrom(b));
  const cosines = zeroColumns(a.columns, b.columns);
  const { rows } = left;
  transposedProduct(
    left.values,
    0,
    rows,
    a.columns,
    right.values,
    0,
    rows,
    b.columns,
    rows,
    cosines.values,
    0,
    a.columns,
  );
  // Rounding can carry a cosine past 1 by an ulp; an arc cosine would then be NaN.
  for (let i = 0; i < cosines.values.length; i += 1) {
    cosines.values[i] = Math.max(-1, Math.min(1, cosines.values[i]));
  }
  return matrixFrom(cosines);
}

/** Scales every non-zero column to length 1, in place; safe near under- and overflow. */
function normalizedColumns(matrix: Columns): Columns {
  const { rows, columns, values } = matrix;
  for (let at = 0; at < rows * columns; at += rows) {
    let largest = 0;
    for (let i = at; i < at + rows; i += 1) largest = Math.max(largest, Math.abs(values[i]));
    if (largest === 0) continue;
    const exponent = -binaryExponent(largest);
    for (let i = at; i < at + rows; i += 1) values[i] = scaleByPowerOfTwo(values[i], exponent);
    const norm = Math.sqrt(dot(values, at, values, at, rows));
    for (let i = at; i < at + rows; i += 1) values[i] /= norm;
  }
  return matrix;
}
