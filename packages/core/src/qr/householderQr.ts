import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import type { Reflections } from './applyQ.ts';
import { reflectorInto } from './reflector.ts';
import { solveLowerTransposed, triangleOfReflectors } from './reflectorTriangle.ts';

/** Columns per panel: small, so that nearly all work is in the products. */
const PANEL = 4;

/** A = QR with Q = H₁H₂⋯Hᵣ, r = min(rows, columns). */
export interface HouseholderQr extends Reflections {
  /** [r, columns], upper trapezoidal R. */
  readonly triangle: Columns;
}

/**
 * Householder QR in panels; what lies right of a panel is updated by matrix products (compact WY form, Schreiber
 * and Van Loan 1989). Overwrites `matrix`, whose entries must be finite and at most 2 in size.
 */
export function householderQr(matrix: Columns): HouseholderQr {
  const { rows, columns, values } = matrix;
  const rank = Math.min(rows, columns);
  const reflectors = zeroColumns(rows, rank);
  const factors = new Float64Array(rank);
  const y = reflectors.values;
  const work = new Float64Array(PANEL * columns);
  const inverse = new Float64Array(PANEL * PANEL);

  for (let start = 0; start < rank; start += PANEL) {
    const end = Math.min(start + PANEL, rank);
    const width = end - start;
    for (let k = start; k < end; k += 1) {
      const at = k + rows * k;
      const length = rows - k;
      factors[k] = reflectorInto(values, at, length, y, at);
      const rest = end - k - 1;
      if (factors[k] === 0 || rest === 0) continue;
      transposedProduct(values, at + rows, rows, rest, y, at, rows, 1, length, work, 0, PANEL);
      for (let i = 0; i < rest; i += 1) work[i] *= factors[k];
      // One column y times a row of weights: the weights stand one per column, so their stride is 1.
      subtractProduct(y, at, rows, 1, work, 0, 1, rest, length, values, at + rows, rows);
    }
    const trailing = columns - end;
    if (trailing === 0) continue;
    const at = start + rows * start;
    const length = rows - start;
    triangleOfReflectors(y, at, rows, width, length, factors, start, inverse, PANEL);
    transposedProduct(y, at, rows, width, values, start + rows * end, rows, trailing, length, work, 0, PANEL);
    for (let j = 0; j < trailing; j += 1) solveLowerTransposed(inverse, PANEL, width, work, j * PANEL);
    subtractProduct(y, at, rows, width, work, 0, PANEL, trailing, length, values, start + rows * end, rows);
  }

  const triangle = zeroColumns(rank, columns);
  for (let j = 0; j < columns; j += 1) {
    for (let i = Math.min(j, rank - 1); i >= 0; i -= 1) triangle.values[i + rank * j] = values[i + rows * j];
  }
  return { reflectors, factors, triangle };
}
