import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import type { HouseholderQr } from './householderQr.ts';
import { NEGLIGIBLE_SQUARE, reflectorInto } from './reflector.ts';

/** A·P = QR: column j of A·P is column `order[j]` of A, and the diagonal of R falls in size. */
export interface PivotedQr extends HouseholderQr {
  readonly order: Int32Array;
}

/** Below this share of its last exact value an updated norm has lost half its digits and is summed anew. */
const NORM_LOSS = 1e-8;

/**
 * Householder QR with column pivoting (Businger and Golub 1965) of a matrix with rows ≥ columns. Overwrites
 * `matrix`, whose entries must be finite and of moderate size.
 */
export function pivotedQr(matrix: Columns): PivotedQr {
  const { rows, columns, values } = matrix;
  const reflectors = zeroColumns(rows, columns);
  const factors = new Float64Array(columns);
  const order = Int32Array.from({ length: columns }, (_, j) => j);
  const squares = new Float64Array(columns);
  for (let j = 0; j < columns; j += 1) squares[j] = dot(values, rows * j, values, rows * j, rows);
  const exact = squares.slice();
  const weights = new Float64Array(columns);

  for (let k = 0; k < columns; k += 1) {
    let pivot = k;
    for (let j = k + 1; j < columns; j += 1) if (squares[j] > squares[pivot]) pivot = j;
    if (squares[pivot] < NEGLIGIBLE_SQUARE) {
      for (let j = k; j < columns; j += 1) values.fill(0, rows * j + k, rows * (j + 1));
      break;
    }
    if (pivot !== k) {
      swapColumns(values, rows, k, pivot);
      order[k] = swapped(order, k, pivot);
      squares[k] = swapped(squares, k, pivot);
      exact[k] = swapped(exact, k, pivot);
    }
    const at = k + rows * k;
    const length = rows - k;
    const rest = columns - k - 1;
    factors[k] = reflectorInto(values, at, length, reflectors.values, at);
    if (rest > 0 && factors[k] !== 0) {
      transposedProduct(
        values,
        at + rows,
        rows,
        rest,
        reflectors.values,
        at,
        rows,
        1,
        length,
        weights,
        0,
        columns,
      );
      for (let j = 0; j < rest; j += 1) weights[j] *= factors[k];
      subtractProduct(reflectors.values, at, rows, 1, weights, 0, 1, rest, length, values, at + rows, rows);
    }
    for (let j = k + 1; j < columns; j += 1) {
      const entry = values[k + rows * j];
      squares[j] -= entry * entry;
      if (squares[j] <= NORM_LOSS * exact[j]) {
        const below = k + 1 + rows * j;
        squares[j] = dot(values, below, values, below, length - 1);
        exact[j] = squares[j];
      }
    }
  }

  const triangle = zeroColumns(columns, columns);
  for (let j = 0; j < columns; j += 1) {
    triangle.values.set(values.subarray(rows * j, rows * j + j + 1), columns * j);
  }
  return { reflectors, factors, triangle, order };
}

function swapColumns(values: Float64Array, rows: number, first: number, second: number): void {
  const column = values.slice(rows * first, rows * (first + 1));
  values.copyWithin(rows * first, rows * second, rows * (second + 1));
  values.set(column, rows * second);
}

/** Puts the entry `first` at `second` and returns what was there. */
function swapped(list: Int32Array | Float64Array, first: number, second: number): number {
  const value = list[second];
  list[second] = list[first];
  return value;
}
