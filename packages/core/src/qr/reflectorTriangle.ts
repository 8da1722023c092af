import { subtractProduct } from '../matrix/subtractProduct.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';

/**
 * The upper triangle S with H₁⋯Hₙ = I − Y S⁻¹ Yᵀ: its diagonal is 1/τₖ and its upper part that of YᵀY (the UT
 * transform; Joffrain et al. 2006). Where Hₖ = I, Y has a zero column and the diagonal entry is arbitrary: 1.
 */
export function triangleOfReflectors(
  y: Float64Array,
  offset: number,
  stride: number,
  count: number,
  length: number,
  factors: Float64Array,
  firstFactor: number,
  out: Float64Array,
  outStride: number,
): void {
  for (let j = 0; j < count; j += 8) {
    // Rows above j of columns j … j + 7: what is below the diagonal is not needed.
    const width = Math.min(8, count - j);
    const height = Math.min(j + 8, count);
    const from = j; // reflector j is zero above its row j
    transposedProduct(
      y,
      offset + from,
      stride,
      height,
      y,
      offset + from + j * stride,
      stride,
      width,
      length - from,
      out,
      j * outStride,
      outStride,
    );
  }
  for (let k = 0; k < count; k += 1) {
    const factor = factors[firstFactor + k];
    out[k + k * outStride] = factor === 0 ? 1 : 1 / factor;
  }
}

/** X ← S⁻¹X for the upper triangle S of order `count`; X has `columns` columns. Four rows at a time, from the last. */
export function solveUpper(
  s: Float64Array,
  stride: number,
  count: number,
  x: Float64Array,
  xStride: number,
  columns: number,
): void {
  for (let end = count; end > 0; end -= 4) {
    const start = Math.max(0, end - 4);
    for (let column = 0; column < columns; column += 1) {
      const at = xStride * column;
      for (let j = end - 1; j >= start; j -= 1) {
        const value = x[at + j] / s[j + j * stride];
        x[at + j] = value;
        for (let i = start; i < j; i += 1) x[at + i] -= s[i + j * stride] * value;
      }
    }
    subtractProduct(s, start * stride, stride, end - start, x, start, xStride, columns, start, x, 0, xStride);
  }
}

/** x ← S⁻ᵀx for the upper triangle S of order `count`. */
export function solveLowerTransposed(
  s: Float64Array,
  stride: number,
  count: number,
  x: Float64Array,
  at: number,
): void {
  for (let j = 0; j < count; j += 1) {
    let value = x[at + j];
    for (let i = 0; i < j; i += 1) value -= s[i + j * stride] * x[at + i];
    x[at + j] = value / s[j + j * stride];
  }
}
