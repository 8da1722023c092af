import type { Columns } from './columns.ts';
import { binaryExponent, powerOfTwo } from './powerOfTwo.ts';

/** A matrix times 2^(−exponent), largest entry in [1, 2): squares of its entries can neither overflow nor all vanish. */
export interface ScaledColumns {
  readonly scaled: Columns;
  readonly exponent: number;
}

/** Scales in place by a power of two, so without rounding (entries 2¹⁰²² below the largest may be lost). */
export function scaledToUnit(matrix: Columns): ScaledColumns {
  const { values } = matrix;
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
  }
  if (largest === 0) return { scaled: matrix, exponent: 0 };
  const exponent = binaryExponent(largest);
  const half = Math.trunc(-exponent / 2);
  const first = powerOfTwo(half);
  const second = powerOfTwo(-exponent - half);
  for (let i = 0; i < values.length; i += 1) values[i] = values[i] * first * second;
  return { scaled: matrix, exponent };
}
