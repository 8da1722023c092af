import type { Columns } from '../matrix/columns.ts';

/** Turns u_k and v_k together so that the entry of largest size in u_k (the first, if several tie) is positive. */
export function orientSingularVectors(left: Columns, right: Columns): void {
  for (let k = 0; k < left.columns; k += 1) {
    const from = left.rows * k;
    let largest = from;
    for (let i = from; i < from + left.rows; i += 1) {
      if (Math.abs(left.values[i]) > Math.abs(left.values[largest])) largest = i;
    }
    if (left.values[largest] >= 0) continue;
    negate(left.values, from, left.rows);
    negate(right.values, right.rows * k, right.rows);
  }
}

function negate(values: Float64Array, from: number, length: number): void {
  for (let i = from; i < from + length; i += 1) values[i] = 0 - values[i]; // 0 − 0 is 0, where −0 would be a second zero
}
