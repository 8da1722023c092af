import type { Matrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, matrixFrom } from './columns.ts';

/**
 * `result` as a Matrix, if finite input has led to finite output.
 *
 * @throws SvfError `result-overflow` when an entry is beyond the range of float64.
 */
export function finiteMatrixFrom(result: Columns, what: string): Matrix {
  for (let i = 0; i < result.values.length; i += 1) {
    if (Number.isFinite(result.values[i])) continue;
    throw new SvfError(`An entry of the ${what} is beyond the range of float64.`, {
      code: 'result-overflow',
      path: [i % result.rows, Math.floor(i / result.rows)],
      expected: `entries of at most ${Number.MAX_VALUE} in size`,
      received: String(result.values[i]),
      remedy: 'Scale the input by a power of two, and scale back where the result is used.',
    });
  }
  return matrixFrom(result);
}
