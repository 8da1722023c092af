import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, matrixFrom, zeroColumns } from '../matrix/columns.ts';
import { scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';
import { rotateColumns } from '../matrix/rotateColumns.ts';
import { scaledToUnit } from '../matrix/scaled.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { orientSingularVectors } from '../svd/orientation.ts';
import { frobeniusNorm, multiply, verifyDecomposition } from '../svd/verification.ts';
import { approximateEigenvectors, GRADED, WORTH_STARTING } from './approximateEigenvectors.ts';
import { symmetricColumnsFrom } from './symmetricMatrix.ts';

/** A = V·diag(λ)·Vᵀ. */
export interface SymmetricEigendecomposition {
  /** [n], descending, signed. */
  readonly values: Float64Array;
  /** [n, n], orthonormal columns; the entry of largest size in each is positive. */
  readonly vectors: Matrix;
}

export interface SymmetricEigenOptions {
  /** Sweeps of the Jacobi iteration before it gives up. Default 60; about 10 are the most that were seen. */
  readonly maximumSweeps?: number;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64, by the cyclic Jacobi method (Golub and Van Loan,
 * §8.5), started from a reduction to tridiagonal form where that does no harm. Only +, −, ×, ÷ and √ are used, so the
 * result is the same on every machine. Checked against `matrix` before it is returned.
 *
 * @param matrix [n, n], symmetric up to rounding, finite.
 * @throws SvfError `not-square`; `not-symmetric` and `non-finite-entry` with path [row, column];
 * `eigenvalue-overflow`; `eigen-not-converged`; `eigen-inaccurate` if the result fails its check.
 */
export function symmetricEigen(
  matrix: AbstractMatrix,
  options: SymmetricEigenOptions = {},
): SymmetricEigendecomposition {
  const { scaled, exponent } = scaledToUnit(symmetricColumnsFrom(matrix));
  const { rows: order } = scaled;
  const { work, rotations } = started(scaled);
  diagonalize(work, rotations, options.maximumSweeps ?? 60);
  const diagonal = Float64Array.from({ length: order }, (_, k) => work.values[k + order * k]);
  const ranking = Int32Array.from({ length: order }, (_, k) => k).sort(
    (a, b) => diagonal[b] - diagonal[a] || a - b,
  );
  const vectors = zeroColumns(order, order);
  for (let k = 0; k < order; k += 1) {
    const from = order * ranking[k];
    vectors.values.set(rotations.values.subarray(from, from + order), order * k);
  }
  const sorted = Float64Array.from(ranking, (k) => diagonal[k]);
  const check = { left: vectors, singularValues: sorted, right: vectors };
  verifyDecomposition(
    { apply: (x) => multiply(scaled, x), norm: frobeniusNorm(scaled) },
    check,
    'eigen-inaccurate',
  );
  orientSingularVectors(vectors, zeroColumns(0, order));
  return {
    values: sorted.map((value) => inRange(scaleByPowerOfTwo(value, exponent))),
    vectors: matrixFrom(vectors),
  };
}

/**
 * A and J with J·work·Jᵀ = A to start from: approximate eigenvectors, which leave the Jacobi iteration a sweep or two, or
 * for small and for strongly graded matrices the identity, which keeps the digits of small eigenvalues.
 */
function started(matrix: Columns): { work: Columns; rotations: Columns } {
  const { rows: order, values } = matrix;
  const diagonal = Float64Array.from({ length: order }, (_, k) => Math.abs(values[k + order * k]));
  const work = { ...matrix, values: values.slice() };
  if (order < WORTH_STARTING || Math.min(...diagonal) < GRADED * Math.max(...diagonal)) {
    const rotations = zeroColumns(order, order);
    for (let k = 0; k < order; k += 1) rotations.values[k + order * k] = 1;
    return { work, rotations };
  }
  const rotations = approximateEigenvectors(work);
  const half = zeroColumns(order, order);
  transposedProduct(values, 0, order, order, rotations.values, 0, order, order, order, half.values, 0, order);
  transposedProduct(
    rotations.values,
    0,
    order,
    order,
    half.values,
    0,
    order,
    order,
    order,
    work.values,
    0,
    order,
  );
  for (let j = 0; j < order; j += 1) {
    for (let i = 0; i < j; i += 1) work.values[j + order * i] = work.values[i + order * j];
  }
  return { work, rotations };
}

/** Makes the symmetric matrix diagonal in place, and multiplies `rotations` by what did it. */
function diagonalize({ rows: order, values: a }: Columns, rotations: Columns, maximumSweeps: number): void {
  const v = rotations.values;
  let rotated = order > 1;
  for (let sweep = 0; rotated; sweep += 1) {
    if (sweep === maximumSweeps) throw notConverged(maximumSweeps);
    rotated = false;
    for (let p = 0; p < order - 1; p += 1) {
      for (let q = p + 1; q < order; q += 1) {
        const off = a[p + order * q];
        const first = a[p + order * p];
        const second = a[q + order * q];
        // Small against both its diagonal entries: keeps small eigenvalues of definite matrices accurate (Demmel and
        // Veselić 1992). The floor is for zero diagonals: entries of rounding size against the largest, which is 1 to 2.
        const scale = Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(second));
        if (Math.abs(off) <= Number.EPSILON * scale || Math.abs(off) < 1e-30) {
          a[p + order * q] = 0;
          a[q + order * p] = 0;
          continue;
        }
        rotated = true;
        const zeta = (second - first) / (2 * off);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + tangent * tangent);
        const s = c * tangent;
        rotateColumns(a, order * p, order * q, order, c, s);
        rotateColumns(v, order * p, order * q, order, c, s);
        for (let i = 0; i < order; i += 1) {
          a[p + order * i] = a[i + order * p];
          a[q + order * i] = a[i + order * q];
        }
        a[p + order * p] = first - tangent * off;
        a[q + order * q] = second + tangent * off;
        a[p + order * q] = 0;
        a[q + order * p] = 0;
      }
    }
  }
}

function inRange(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new SvfError('An eigenvalue is beyond the range of float64.', {
    code: 'eigenvalue-overflow',
    expected: `a norm of at most ${Number.MAX_VALUE}`,
    remedy: 'Divide the matrix by its largest entry and multiply the eigenvalues back where they are used.',
  });
}

function notConverged(sweeps: number): SvfError {
  return new SvfError(`The eigenvalue iteration did not converge in ${sweeps} sweeps.`, {
    code: 'eigen-not-converged',
    expected: `convergence within ${sweeps} sweeps`,
    remedy: 'Raise maximumSweeps; the default is several times what any matrix is known to need.',
  });
}
