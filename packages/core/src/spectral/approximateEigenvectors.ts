import type { Columns } from '../matrix/columns.ts';
import { applyQ } from '../qr/applyQ.ts';
import { tridiagonalEigenvectors } from './tridiagonalEigenvectors.ts';
import { tridiagonalForm } from './tridiagonalForm.ts';

/**
 * A matrix whose diagonal falls below this share of its largest entry counts as strongly graded: a start from
 * approximate eigenvectors would mix rounding errors of the large entries into the small ones.
 */
export const GRADED = 1e-4;

/** Order from which approximate eigenvectors cost less than the Jacobi sweeps they save. */
export const WORTH_STARTING = 8;

/**
 * Eigenvectors of a symmetric matrix by tridiagonal form and QL, orthonormal to rounding, in no order: a start for a
 * Jacobi iteration, which does not rely on their being eigenvectors. Overwrites `matrix`, of entries of moderate size.
 */
export function approximateEigenvectors(matrix: Columns): Columns {
  const { reflections, diagonal, offDiagonal } = tridiagonalForm(matrix);
  return applyQ(reflections, tridiagonalEigenvectors(diagonal, offDiagonal));
}
