import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { type Columns, columnsFrom, matrixFrom, transposed } from '../matrix/columns.ts';
import { scaledToUnit } from '../matrix/scaled.ts';
import { applyQ } from '../qr/applyQ.ts';
import { householderQr } from '../qr/householderQr.ts';
import { coreSvd, type ThinFactors } from './coreSvd.ts';
import { orientSingularVectors } from './orientation.ts';
import { unscaledSingularValues } from './unscaled.ts';
import { frobeniusNorm, multiply, verifyDecomposition } from './verification.ts';

/** A = U·diag(σ)·Vᵀ with r = min(rows, columns) terms. */
export interface SingularValueDecomposition {
  /** [rows, r], orthonormal columns u_k; the entry of largest size in each is positive. */
  readonly U: Matrix;
  /** [r], descending, ≥ 0. */
  readonly singularValues: Float64Array;
  /** [columns, r], orthonormal columns v_k. */
  readonly V: Matrix;
}

export interface SvdOptions {
  /** Sweeps of the Jacobi iteration before it gives up. Default 60; 6 are the most that were needed in thousands of awkward matrices. */
  readonly maximumSweeps?: number;
}

export const DEFAULT_MAXIMUM_SWEEPS = 60;

/**
 * Thin singular value decomposition in float64: one-sided Jacobi on a QR-reduced core, descending values, checked
 * against `matrix` before it is returned. Only +, −, ×, ÷ and √ are used, so the result is the same on every machine.
 * Vectors of singular value zero complete U and V to orthonormal columns.
 *
 * @param matrix [rows, columns], finite; any scale, near underflow and overflow included.
 * @throws SvfError `non-finite-entry` with path [row, column]; `singular-value-overflow`; `svd-not-converged`;
 * `svd-inaccurate` if the result fails its check.
 */
export function svd(matrix: AbstractMatrix, options: SvdOptions = {}): SingularValueDecomposition {
  const { scaled, exponent } = scaledToUnit(columnsFrom(matrix));
  const factors = thinFactors(scaled, options.maximumSweeps ?? DEFAULT_MAXIMUM_SWEEPS);
  verifyDecomposition({ apply: (x) => multiply(scaled, x), norm: frobeniusNorm(scaled) }, factors);
  orientSingularVectors(factors.left, factors.right);
  return {
    U: matrixFrom(factors.left),
    singularValues: unscaledSingularValues(factors.singularValues, exponent),
    V: matrixFrom(factors.right),
  };
}

/** The decomposition of a scaled matrix of any shape; a wide one is decomposed as its transpose. */
function thinFactors(matrix: Columns, maximumSweeps: number): ThinFactors {
  if (matrix.rows < matrix.columns) {
    const { left, singularValues, right } = thinFactors(transposed(matrix), maximumSweeps);
    return { left: right, singularValues, right: left };
  }
  if (matrix.rows === matrix.columns) {
    return coreSvd({ ...matrix, values: matrix.values.slice() }, maximumSweeps);
  }
  const qr = householderQr({ ...matrix, values: matrix.values.slice() });
  const core = coreSvd(qr.triangle, maximumSweeps);
  return { ...core, left: applyQ(qr, core.left) };
}
