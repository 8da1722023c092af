import type { AbstractMatrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/**
 * ε = ‖(1/α)Σ − I‖₂ with α the mean eigenvalue: 0 for a tight frame (Σ = αI), and the ε of Theorem 2.
 *
 * @param sigma Σ [n, n], symmetric positive semidefinite, such as the frame operator W Wᵀ. For it ε ≤ n − 1.
 * @throws SvfError `no-mean-eigenvalue` when the trace is not positive; those of `symmetricEigen`.
 */
export function isotropyDeviation(sigma: AbstractMatrix): number {
  const { values } = symmetricEigen(sigma);
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  if (!(mean > 0)) {
    throw new SvfError('Isotropy is measured against a mean eigenvalue, which must be positive.', {
      code: 'no-mean-eigenvalue',
      expected: 'a positive trace',
      received: `mean eigenvalue ${mean}`,
      remedy: 'Pass the covariance or frame operator of vectors that are not all zero.',
    });
  }
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value / mean - 1)), 0);
}
