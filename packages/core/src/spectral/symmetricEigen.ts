import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, matrixFrom, zeroColumns } from '../matrix/columns.ts';
import { scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';
import { scaledToUnit } from '../matrix/scaled.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { orientSingularVectors } from '../svd/orientation.ts';
import { frobeniusNorm, multiply, verifyDecomposition } from '../svd/verification.ts';
import { approximateEigenvectors, WORTH_STARTING } from './approximateEigenvectors.ts';
import { diagonalize } from './diagonalize.ts';
import { symmetricColumnsFrom } from './symmetricMatrix.ts';

/** A = V·diag(λ)·Vᵀ. */
export interface SymmetricEigendecomposition {
  /** [n], descending, signed. */
  readonly values: Float64Array;
  /** [n, n], orthonormal columns; the entry of largest size in each is positive. */
  readonly vectors: Matrix;
}

export interface SymmetricEigenOptions {
  /** Sweeps of the Jacobi iteration before it gives up. Default 60; 8 are the most that were needed in thousands of awkward matrices. */
  readonly maximumSweeps?: number;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix in float64, by the cyclic Jacobi method (Golub and Van Loan,
 * §8.5), started from a reduction to tridiagonal form. Only +, −, ×, ÷ and √ are used, so the
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
  const bySize = Int32Array.from({ length: order }, (_, k) => k).sort(
    (i, j) => Math.abs(scaled.values[j + order * j]) - Math.abs(scaled.values[i + order * i]) || i - j,
  );
  const { work, rotations } = started(reordered(scaled, bySize));
  diagonalize(work, rotations, options.maximumSweeps ?? 60);
  const diagonal = Float64Array.from({ length: order }, (_, k) => work.values[k + order * k]);
  const ranking = Int32Array.from({ length: order }, (_, k) => k).sort(
    (a, b) => diagonal[b] - diagonal[a] || a - b,
  );
  const vectors = zeroColumns(order, order);
  for (let k = 0; k < order; k += 1) {
    const from = order * ranking[k];
    for (let i = 0; i < order; i += 1) vectors.values[bySize[i] + order * k] = rotations.values[from + i];
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

/** Rows and columns in the given order. */
function reordered({ rows: order, columns, values }: Columns, indices: Int32Array): Columns {
  const result = zeroColumns(order, columns);
  for (let j = 0; j < order; j += 1) {
    for (let i = 0; i < order; i += 1) result.values[i + order * j] = values[indices[i] + order * indices[j]];
  }
  return result;
}

/** A and J with J·work·Jᵀ = A to start from: approximate eigenvectors, which leave the Jacobi iteration a sweep or two. */
function started(matrix: Columns): { work: Columns; rotations: Columns } {
  const { rows: order, values } = matrix;
  const work = { ...matrix, values: values.slice() };
  if (order < WORTH_STARTING) {
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

function inRange(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new SvfError('An eigenvalue is beyond the range of float64.', {
    code: 'eigenvalue-overflow',
    expected: `a norm of at most ${Number.MAX_VALUE}`,
    remedy: 'Divide the matrix by its largest entry and multiply the eigenvalues back where they are used.',
  });
}
