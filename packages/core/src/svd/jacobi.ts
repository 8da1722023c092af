import { SvfError } from '../error.ts';
import { type Columns, zeroColumns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { rotateColumns } from '../matrix/rotateColumns.ts';
import { NEGLIGIBLE_SQUARE } from '../qr/reflector.ts';

/** X·J = Y with orthogonal J and the columns of Y orthogonal to one another; with a start S, X stands for X·S⁻¹. */
export interface OrthogonalizedColumns {
  /** [rows, columns]: Y = U·Σ, not sorted. */
  readonly columns: Columns;
  /** [columns, columns]: J. */
  readonly rotations: Columns;
  /** Sweeps over all pairs that were needed. */
  readonly sweeps: number;
}

/** Below this share of its last exact value an updated squared norm is summed anew. */
const NORM_LOSS = 0.1;

/**
 * One-sided Jacobi (Hestenes 1958) with de Rijk's pivoting and updated norms: rotates pairs of columns until the
 * cosine of every pair is below `rows`^½ · 2⁻⁵². Overwrites `matrix`.
 *
 * @throws SvfError `svd-not-converged` when `maximumSweeps` sweeps did not suffice.
 */
export function orthogonalizeColumns(
  matrix: Columns,
  maximumSweeps: number,
  start?: Columns,
): OrthogonalizedColumns {
  const { rows, columns } = matrix;
  // One column holds x and below it its part of J, so that one loop rotates both.
  const stride = rows + columns;
  const stacked = new Float64Array(stride * columns);
  for (let j = 0; j < columns; j += 1) {
    stacked.set(matrix.values.subarray(rows * j, rows * (j + 1)), stride * j);
    if (start === undefined) stacked[stride * j + rows + j] = 1;
    else stacked.set(start.values.subarray(columns * j, columns * (j + 1)), stride * j + rows);
  }
  const squares = new Float64Array(columns);
  const exact = new Float64Array(columns);
  const tolerance = Math.sqrt(rows) * Number.EPSILON;

  let rotated = columns > 1;
  let sweeps = 0;
  while (rotated) {
    if (sweeps === maximumSweeps) throw notConverged(maximumSweeps);
    sweeps += 1;
    rotated = false;
    for (let j = 0; j < columns; j += 1) {
      squares[j] = dot(stacked, stride * j, stacked, stride * j, rows);
      exact[j] = squares[j];
    }
    for (let p = 0; p < columns - 1; p += 1) {
      bringLargestForward(stacked, stride, squares, exact, p);
      if (squares[p] < NEGLIGIBLE_SQUARE) break;
      for (let q = p + 1; q < columns; q += 1) {
        if (squares[q] < NEGLIGIBLE_SQUARE) continue;
        const product = dot(stacked, stride * p, stacked, stride * q, rows);
        if (Math.abs(product) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) continue;
        rotated = true;
        const zeta = (squares[q] - squares[p]) / (2 * product);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + tangent * tangent);
        rotateColumns(stacked, stride * p, stride * q, stride, c, c * tangent);
        squares[p] -= tangent * product;
        squares[q] += tangent * product;
        if (squares[q] < NORM_LOSS * exact[q]) {
          squares[q] = dot(stacked, stride * q, stacked, stride * q, rows);
          exact[q] = squares[q];
        }
        if (squares[p] < NORM_LOSS * exact[p]) {
          squares[p] = dot(stacked, stride * p, stacked, stride * p, rows);
          exact[p] = squares[p];
        }
      }
    }
  }

  const orthogonal = zeroColumns(rows, columns);
  const rotations = zeroColumns(columns, columns);
  for (let j = 0; j < columns; j += 1) {
    orthogonal.values.set(stacked.subarray(stride * j, stride * j + rows), rows * j);
    rotations.values.set(stacked.subarray(stride * j + rows, stride * (j + 1)), columns * j);
  }
  return { columns: orthogonal, rotations, sweeps };
}

function bringLargestForward(
  stacked: Float64Array,
  stride: number,
  squares: Float64Array,
  exact: Float64Array,
  p: number,
): void {
  let largest = p;
  for (let j = p + 1; j < squares.length; j += 1) if (squares[j] > squares[largest]) largest = j;
  if (largest === p) return;
  for (let i = 0; i < stride; i += 1) {
    const value = stacked[stride * p + i];
    stacked[stride * p + i] = stacked[stride * largest + i];
    stacked[stride * largest + i] = value;
  }
  [squares[p], squares[largest]] = [squares[largest], squares[p]];
  [exact[p], exact[largest]] = [exact[largest], exact[p]];
}

function notConverged(sweeps: number): SvfError {
  return new SvfError(`The singular value decomposition did not converge in ${sweeps} sweeps.`, {
    code: 'svd-not-converged',
    expected: `convergence within ${sweeps} sweeps`,
    remedy: 'Raise maximumSweeps; the default is several times what any matrix is known to need.',
  });
}
