import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { solveUpper, triangleOfReflectors } from './reflectorTriangle.ts';

/** Q = H₁H₂⋯Hᵣ with Hₖ = I − τₖ y yᵀ. */
export interface Reflections {
  /** [rows, r]: column k holds y of Hₖ, zero above row k; a zero column means Hₖ = I. */
  readonly reflectors: Columns;
  /** [r], τₖ. */
  readonly factors: Float64Array;
}

/**
 * Q·[top; 0], with the thin Q [rows, r] of a QR factorization and `top` [r, columns]: all reflections at once,
 * [top; 0] − Y S⁻¹ (Y₁ᵀ top), Y₁ the upper square part of Y.
 */
export function applyQ(reflections: Reflections, top: Columns): Columns {
  const { rows, columns: rank, values: y } = reflections.reflectors;
  const { columns } = top;
  const result = zeroColumns(rows, columns);
  for (let j = 0; j < columns; j += 1) {
    result.values.set(top.values.subarray(rank * j, rank * (j + 1)), rows * j);
  }
  const triangle = new Float64Array(rank * rank);
  triangleOfReflectors(y, 0, rows, rank, rows, reflections.factors, 0, triangle, rank);
  const weights = new Float64Array(rank * columns);
  transposedProduct(y, 0, rows, rank, top.values, 0, rank, columns, rank, weights, 0, rank);
  solveUpper(triangle, rank, rank, weights, rank, columns);
  subtractProduct(y, 0, rows, rank, weights, 0, rank, columns, rows, result.values, 0, rows);
  return result;
}
