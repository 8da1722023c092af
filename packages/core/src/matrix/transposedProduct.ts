import { dot } from './dot.ts';

/**
 * out = AᵀB for column-major blocks inside flat arrays, with A of `length` × `aColumns` and B of `length` × `bColumns`:
 * column j of a block starts at its offset + j · its stride. `out` is overwritten. The sums of a tile of 4 × 2 entries
 * stay in registers; larger tiles did not, and were slower.
 */
export function transposedProduct(
  a: Float64Array,
  aOffset: number,
  aStride: number,
  aColumns: number,
  b: Float64Array,
  bOffset: number,
  bStride: number,
  bColumns: number,
  length: number,
  out: Float64Array,
  outOffset: number,
  outStride: number,
): void {
  const wholeA = aColumns - (aColumns % 4);
  const wholeB = bColumns - (bColumns % 2);
  for (let j = 0; j < wholeB; j += 2) {
    for (let i = 0; i < wholeA; i += 4) {
      tile4x2(
        a,
        aOffset + i * aStride,
        aStride,
        b,
        bOffset + j * bStride,
        bStride,
        length,
        out,
        outOffset + i + j * outStride,
        outStride,
      );
    }
  }
  if (wholeB < bColumns) {
    for (let i = 0; i < wholeA; i += 4) {
      tile4x1(
        a,
        aOffset + i * aStride,
        aStride,
        b,
        bOffset + wholeB * bStride,
        length,
        out,
        outOffset + i + wholeB * outStride,
      );
    }
  }
  for (let j = 0; j < bColumns; j += 1) {
    for (let i = wholeA; i < aColumns; i += 1) {
      out[outOffset + i + j * outStride] = dot(a, aOffset + i * aStride, b, bOffset + j * bStride, length);
    }
  }
}

function tile4x2(
  a: Float64Array,
  a0: number,
  aStride: number,
  b: Float64Array,
  b0: number,
  bStride: number,
  length: number,
  out: Float64Array,
  o0: number,
  outStride: number,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  const b1 = b0 + bStride;
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = 0; k < length; k += 1) {
    const x = b[b0 + k];
    const y = b[b1 + k];
    const p = a[a0 + k];
    const q = a[a1 + k];
    const r = a[a2 + k];
    const s = a[a3 + k];
    s00 += p * x;
    s10 += q * x;
    s20 += r * x;
    s30 += s * x;
    s01 += p * y;
    s11 += q * y;
    s21 += r * y;
    s31 += s * y;
  }
  const o1 = o0 + outStride;
  out[o0] = s00;
  out[o0 + 1] = s10;
  out[o0 + 2] = s20;
  out[o0 + 3] = s30;
  out[o1] = s01;
  out[o1 + 1] = s11;
  out[o1 + 2] = s21;
  out[o1 + 3] = s31;
}

function tile4x1(
  a: Float64Array,
  a0: number,
  aStride: number,
  b: Float64Array,
  b0: number,
  length: number,
  out: Float64Array,
  o0: number,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < length; k += 1) {
    const x = b[b0 + k];
    s0 += a[a0 + k] * x;
    s1 += a[a1 + k] * x;
    s2 += a[a2 + k] * x;
    s3 += a[a3 + k] * x;
  }
  out[o0] = s0;
  out[o0 + 1] = s1;
  out[o0 + 2] = s2;
  out[o0 + 3] = s3;
}
