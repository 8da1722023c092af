import type { AbstractMatrix, Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { columnsFrom, zeroColumns } from '../matrix/columns.ts';
import { finiteMatrixFrom } from '../matrix/finiteResult.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** The powers in use: square root and inverse square root (whitening), the matrix itself and its inverse. */
export type SymmetricExponent = -1 | -0.5 | 0.5 | 1;

/**
 * Σ^p = V·diag(λ^p)·Vᵀ of a symmetric Σ. Σ^(−½) whitens vectors of covariance Σ. Eigenvalues of the size of
 * rounding (n · 2⁻⁵² · max|λ|) count as zero.
 *
 * @param sigma Σ [n, n], symmetric; positive semidefinite for p = ½, positive definite for p = −½, regular for p = −1.
 * @throws SvfError `not-positive-semidefinite`; `singular-matrix`; `result-overflow`; those of `symmetricEigen`.
 */
export function symmetricPower(sigma: AbstractMatrix, exponent: SymmetricExponent): Matrix {
  const { values, vectors } = symmetricEigen(sigma);
  const order = values.length;
  const largest = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  const negligible = order * Number.EPSILON * largest;
  const powers = values.map((value) => power(value, exponent, negligible));
  const { values: v } = columnsFrom(vectors);
  const result = zeroColumns(order, order);
  for (let i = 0; i < order; i += 1) {
    for (let j = i; j < order; j += 1) {
      let sum = 0;
      for (let k = 0; k < order; k += 1) sum += v[i + order * k] * powers[k] * v[j + order * k];
      result.values[i + order * j] = sum;
      result.values[j + order * i] = sum;
    }
  }
  return finiteMatrixFrom(result, 'power of the matrix');
}

function power(value: number, exponent: SymmetricExponent, negligible: number): number {
  if (Math.abs(exponent) === 0.5 && value < -negligible) {
    throw new SvfError('A square root needs a positive semidefinite matrix.', {
      code: 'not-positive-semidefinite',
      expected: 'eigenvalues ≥ 0',
      received: String(value),
      remedy: 'Pass a covariance or a Gram matrix, or take the power of −Σ.',
    });
  }
  if (exponent < 0 && Math.abs(value) <= negligible) {
    throw new SvfError('A negative power needs a matrix without eigenvalue zero.', {
      code: 'singular-matrix',
      expected: `eigenvalues above ${negligible} in size`,
      received: String(value),
      remedy: 'Use pseudoinverse, or add a small multiple of the identity.',
    });
  }
  if (exponent === 1) return value;
  if (exponent === -1) return 1 / value;
  const root = Math.sqrt(Math.max(value, 0));
  return exponent === 0.5 ? root : 1 / root;
}
