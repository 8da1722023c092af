import { SvfError } from '../error.ts';
import type { Columns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { randomStream } from '../random/randomStream.ts';
import type { ThinFactors } from './coreSvd.ts';

/** Probe vectors per check: an error goes unseen only if it is nearly orthogonal to all of them. */
const PROBES = 2;

/** A linear map given by what it does to vectors, and the norm that its rounding errors are measured against. */
export interface VerifiedMap {
  readonly apply: (x: Float64Array) => Float64Array;
  readonly norm: number;
}

/**
 * Checks U, σ, V against the map they were computed from by Freivalds' method: A x = U Σ Vᵀ x, UᵀU x = x and
 * VᵀV x = x for fixed pseudo-random x. Costs a few matrix–vector products where the full check costs as much as the
 * decomposition.
 *
 * @throws SvfError with `code`.
 */
export function verifyDecomposition(
  map: VerifiedMap,
  factors: ThinFactors,
  code: 'svd-inaccurate' | 'eigen-inaccurate' = 'svd-inaccurate',
): void {
  const { left, singularValues, right } = factors;
  const size = Math.max(left.rows, right.rows);
  const relative = tolerance(size, singularValues.length);
  const random = randomStream(0, 'svd/probe');
  for (let probe = 0; probe < PROBES; probe += 1) {
    const x = Float64Array.from({ length: right.rows }, () => random.uniform() - 0.5);
    const weights = multiplyTransposed(right, x);
    for (let k = 0; k < weights.length; k += 1) weights[k] *= singularValues[k];
    const residual = distance(map.apply(x), multiply(left, weights));
    demand(code, 'residual', residual, relative * map.norm * norm(x));

    const y = Float64Array.from({ length: left.columns }, () => random.uniform() - 0.5);
    for (const [side, basis] of [
      ['left vectors', left],
      ['right vectors', right],
    ] as const) {
      const defect = distance(multiplyTransposed(basis, multiply(basis, y)), y);
      demand(code, `orthogonality of the ${side}`, defect, relative * norm(y));
    }
  }
}

/**
 * Checks RᵀR x = WᵀW x for fixed pseudo-random x: what is left to check of W = QR when Q is not formed.
 *
 * @throws SvfError `svd-inaccurate`.
 */
export function verifyTriangle(weights: Columns, triangle: Columns): void {
  const random = randomStream(0, 'svd/probe');
  const size = frobeniusNorm(weights);
  for (let probe = 0; probe < PROBES; probe += 1) {
    const x = Float64Array.from({ length: weights.columns }, () => random.uniform() - 0.5);
    const expected = multiplyTransposed(weights, multiply(weights, x));
    const error = distance(expected, multiplyTransposed(triangle, multiply(triangle, x)));
    demand(
      'svd-inaccurate',
      'QR factor',
      error,
      tolerance(weights.rows, weights.columns) * size * size * norm(x),
    );
  }
}

/** A·x. */
export function multiply({ rows, columns, values }: Columns, x: Float64Array): Float64Array {
  const result = new Float64Array(rows);
  const negated = x.map((value) => -value);
  subtractProduct(values, 0, rows, columns, negated, 0, columns, 1, rows, result, 0, rows);
  return result;
}

/** Aᵀ·x. */
export function multiplyTransposed({ rows, columns, values }: Columns, x: Float64Array): Float64Array {
  const result = new Float64Array(columns);
  transposedProduct(values, 0, rows, columns, x, 0, rows, 1, rows, result, 0, columns);
  return result;
}

/** A few times what rounding gives in the worst matrices tried; relative to the norm. */
function tolerance(size: number, rank: number): number {
  return 32 * Number.EPSILON * Math.sqrt(size) * (4 + Math.sqrt(rank));
}

/** Square root of the sum of all squared entries. */
export function frobeniusNorm({ values }: Columns): number {
  return norm(values);
}

function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, 0, x, 0, x.length));
}

function distance(x: Float64Array, y: Float64Array): number {
  let square = 0;
  for (let i = 0; i < x.length; i += 1) square += (x[i] - y[i]) * (x[i] - y[i]);
  return Math.sqrt(square);
}

function demand(code: string, what: string, error: number, bound: number): void {
  if (error <= bound) return;
  throw new SvfError(`The decomposition failed its own check: ${what}.`, {
    code,
    expected: `error ≤ ${bound}`,
    received: String(error),
    remedy: 'This is a defect of the decomposition; please report the matrix.',
  });
}
