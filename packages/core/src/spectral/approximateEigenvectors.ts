import type { Columns } from '../matrix/columns.ts';
import { applyQ } from '../qr/applyQ.ts';
import { tridiagonalEigenvectors } from './tridiagonalEigenvectors.ts';
import { tridiagonalForm } from './tridiagonalForm.ts';

/** Order from which approximate eigenvectors cost less than the Jacobi sweeps they save. */
export const WORTH_STARTING = 8;

/**
 * Eigenvectors of a symmetric matrix by tridiagonal form and QL, orthonormal to rounding, in no order: a start for a
 * Jacobi iteration, which does not rely on their being eigenvectors. Where the rows fall in size from first to last,
 * so do the rounding errors, and a graded matrix keeps the digits of its small eigenvalues. Overwrites `matrix`, of
 * entries of moderate size.
 */
export function approximateEigenvectors(matrix: Columns): Columns {
  const { reflections, diagonal, offDiagonal } = tridiagonalForm(matrix);
  return applyQ(reflections, tridiagonalEigenvectors(diagonal, offDiagonal));
}
