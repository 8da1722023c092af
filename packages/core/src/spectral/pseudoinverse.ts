import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { columnsFrom, transposed, zeroColumns } from '../matrix/columns.ts';
import { finiteMatrixFrom } from '../matrix/finiteResult.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { svd } from '../svd/svd.ts';

export interface PseudoinverseOptions {
  /** Singular values up to this share of the largest count as zero. Default max(rows, columns) · 2⁻⁵². */
  readonly tolerance?: number;
}

/**
 * Moore–Penrose pseudoinverse A⁺ = V·Σ⁺·Uᵀ.
 *
 * @param matrix A [m, n], finite.
 * @returns [n, m]; zeros for a zero matrix.
 * @throws SvfError `result-overflow`; those of `svd`.
 */
export function pseudoinverse(matrix: AbstractMatrix, options: PseudoinverseOptions = {}): Matrix {
  const { U, singularValues, V } = svd(matrix);
  const { rows, columns } = matrix;
  const tolerance = options.tolerance ?? Math.max(rows, columns) * Number.EPSILON;
  const rank = singularValues.length;
  // [rank, columns] and [rank, rows]: the products run down contiguous columns.
  const right = transposed(columnsFrom(V));
  for (let k = 0; k < rank; k += 1) {
    const value = singularValues[k];
    const inverse = value > tolerance * singularValues[0] ? 1 / value : 0;
    for (let j = 0; j < columns; j += 1) right.values[k + rank * j] *= inverse;
  }
  const left = transposed(columnsFrom(U));
  const result = zeroColumns(columns, rows);
  transposedProduct(
    right.values,
    0,
    rank,
    columns,
    left.values,
    0,
    rank,
    rows,
    rank,
    result.values,
    0,
    columns,
  );
  return finiteMatrixFrom(result, 'pseudoinverse');
}
