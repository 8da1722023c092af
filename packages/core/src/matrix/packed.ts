import type { AbstractMatrix } from 'ml-matrix';

/** The rows of a matrix one after the other in one array. */
export function packedRows(matrix: AbstractMatrix): Float64Array {
  const { rows, columns } = matrix;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) values[i * columns + j] = matrix.get(i, j);
  }
  return values;
}

/** The columns of a matrix one after the other in one array. */
export function packedColumns(matrix: AbstractMatrix): Float64Array {
  const { rows, columns } = matrix;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) values[j * rows + i] = matrix.get(i, j);
  }
  return values;
}
