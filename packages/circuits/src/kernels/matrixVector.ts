import { dot } from '@svf-alignment/core';
import { fourDots } from './fourDots.ts';

/**
 * out[row] = Σ_i matrix[row, i] · x[i] for a row-major block whose rows follow each other: dot products, four rows
 * at a time so that x is read less often.
 */
export function matrixVector(
  matrix: Float64Array,
  matrixOffset: number,
  rows: number,
  length: number,
  x: Float64Array,
  xOffset: number,
  out: Float64Array,
  outOffset: number,
): void {
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const m0 = matrixOffset + row * length;
    const m1 = m0 + length;
    const m2 = m1 + length;
    const m3 = m2 + length;
    fourDots(matrix, m0, m1, m2, m3, x, xOffset, length, out, outOffset + row);
  }
  for (let row = whole; row < rows; row += 1) {
    out[outOffset + row] = dot(matrix, matrixOffset + row * length, x, xOffset, length);
  }
}

/** out[i] += factor · x[xOffset + i]. */
export function addScaled(
  out: Float64Array,
  outOffset: number,
  factor: number,
  x: Float64Array,
  xOffset: number,
  length: number,
): void {
  for (let i = 0; i < length; i += 1) out[outOffset + i] += factor * x[xOffset + i];
}

/**
 * out[i] = Σ_row x[row] · matrix[row, i]: four rows at a time so that `out` is read and written less often.
 */
export function vectorMatrix(
  x: Float64Array,
  xOffset: number,
  rows: number,
  matrix: Float64Array,
  matrixOffset: number,
  length: number,
  out: Float64Array,
  outOffset: number,
): void {
  out.fill(0, outOffset, outOffset + length);
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const m0 = matrixOffset + row * length;
    const m1 = m0 + length;
    const m2 = m1 + length;
    const m3 = m2 + length;
    const a = x[xOffset + row];
    const b = x[xOffset + row + 1];
    const c = x[xOffset + row + 2];
    const d = x[xOffset + row + 3];
    for (let i = 0; i < length; i += 1) {
      out[outOffset + i] +=
        a * matrix[m0 + i] + b * matrix[m1 + i] + (c * matrix[m2 + i] + d * matrix[m3 + i]);
    }
  }
  for (let row = whole; row < rows; row += 1) {
    addScaled(out, outOffset, x[xOffset + row], matrix, matrixOffset + row * length, length);
  }
}

/** √Σ_i x[offset + i]². */
export function norm(x: Float64Array, offset: number, length: number): number {
  return Math.sqrt(dot(x, offset, x, offset, length));
}
