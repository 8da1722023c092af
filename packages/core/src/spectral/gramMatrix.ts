import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { type Columns, columnsFrom, transposed, zeroColumns } from '../matrix/columns.ts';
import { finiteMatrixFrom } from '../matrix/finiteResult.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';

/**
 * WᵀW, the scalar products of all features.
 *
 * @param features W [D, N], one feature per column.
 * @returns [N, N], exactly symmetric.
 * @throws SvfError `non-finite-entry` with path [row, column]; `result-overflow`.
 */
export function gramMatrix(features: AbstractMatrix): Matrix {
  return finiteMatrixFrom(crossProducts(columnsFrom(features)), 'Gram matrix');
}

/**
 * W Wᵀ = Σ_i w_i w_iᵀ, the frame operator of the features: the Σ_Q and Σ_K of the theorems.
 *
 * @param features W [D, N], one feature per column.
 * @returns [D, D], exactly symmetric.
 * @throws SvfError `non-finite-entry` with path [row, column]; `result-overflow`.
 */
export function frameOperator(features: AbstractMatrix): Matrix {
  return finiteMatrixFrom(crossProducts(transposed(columnsFrom(features))), 'frame operator');
}

function crossProducts({ rows, columns, values }: Columns): Columns {
  const result = zeroColumns(columns, columns);
  transposedProduct(values, 0, rows, columns, values, 0, rows, columns, rows, result.values, 0, columns);
  // The sums of (i, j) and (j, i) may run in another order.
  for (let j = 0; j < columns; j += 1) {
    for (let i = 0; i < j; i += 1) result.values[j + columns * i] = result.values[i + columns * j];
  }
  return result;
}
