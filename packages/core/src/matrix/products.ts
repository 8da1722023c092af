/*
 * Products of column-major blocks inside flat arrays. A block is (array, offset, stride): its column j starts at
 * offset + j · stride. The tiles keep their sums in registers and read contiguous columns; 4 × 2 and 4 × 4 are the
 * fastest shapes that the compiler of V8 keeps free of spills (benchmark beside this package).
 */

/** Σ a[aOffset + i] · b[bOffset + i] over `length` entries, in four interleaved sums. */
export function dot(
  a: Float64Array,
  aOffset: number,
  b: Float64Array,
  bOffset: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = length - (length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[aOffset + i] * b[bOffset + i];
    s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
    s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
    s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
  }
  for (let i = whole; i < length; i += 1) s0 += a[aOffset + i] * b[bOffset + i];
  return s0 + s1 + (s2 + s3);
}

/** out = AᵀB, with A of `length` × `aColumns` and B of `length` × `bColumns`; `out` is overwritten. */
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
    const b0 = bOffset + j * bStride;
    const b1 = b0 + bStride;
    for (let i = 0; i < wholeA; i += 4) {
      const a0 = aOffset + i * aStride;
      const a1 = a0 + aStride;
      const a2 = a1 + aStride;
      const a3 = a2 + aStride;
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
      const o0 = outOffset + i + j * outStride;
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
  }
  for (let j = 0; j < bColumns; j += 1) {
    for (let i = j < wholeB ? wholeA : 0; i < aColumns; i += 1) {
      out[outOffset + i + j * outStride] = dot(a, aOffset + i * aStride, b, bOffset + j * bStride, length);
    }
  }
}

/** C ← C − A·W, with A of `length` × `inner`, W of `inner` × `columns` and C of `length` × `columns`. */
export function subtractProduct(
  a: Float64Array,
  aOffset: number,
  aStride: number,
  inner: number,
  w: Float64Array,
  wOffset: number,
  wStride: number,
  columns: number,
  length: number,
  c: Float64Array,
  cOffset: number,
  cStride: number,
): void {
  const wholeInner = inner - (inner % 4);
  const wholeColumns = columns - (columns % 4);
  for (let j = 0; j < wholeColumns; j += 4) {
    const c0 = cOffset + j * cStride;
    const c1 = c0 + cStride;
    const c2 = c1 + cStride;
    const c3 = c2 + cStride;
    for (let i = 0; i < wholeInner; i += 4) {
      const a0 = aOffset + i * aStride;
      const a1 = a0 + aStride;
      const a2 = a1 + aStride;
      const a3 = a2 + aStride;
      const w0 = wOffset + i + j * wStride;
      const w1 = w0 + wStride;
      const w2 = w1 + wStride;
      const w3 = w2 + wStride;
      const w00 = w[w0];
      const w10 = w[w0 + 1];
      const w20 = w[w0 + 2];
      const w30 = w[w0 + 3];
      const w01 = w[w1];
      const w11 = w[w1 + 1];
      const w21 = w[w1 + 2];
      const w31 = w[w1 + 3];
      const w02 = w[w2];
      const w12 = w[w2 + 1];
      const w22 = w[w2 + 2];
      const w32 = w[w2 + 3];
      const w03 = w[w3];
      const w13 = w[w3 + 1];
      const w23 = w[w3 + 2];
      const w33 = w[w3 + 3];
      for (let k = 0; k < length; k += 1) {
        const p = a[a0 + k];
        const q = a[a1 + k];
        const r = a[a2 + k];
        const s = a[a3 + k];
        c[c0 + k] -= p * w00 + q * w10 + r * w20 + s * w30;
        c[c1 + k] -= p * w01 + q * w11 + r * w21 + s * w31;
        c[c2 + k] -= p * w02 + q * w12 + r * w22 + s * w32;
        c[c3 + k] -= p * w03 + q * w13 + r * w23 + s * w33;
      }
    }
  }
  for (let j = 0; j < columns; j += 1) {
    const c0 = cOffset + j * cStride;
    for (let i = j < wholeColumns ? wholeInner : 0; i < inner; i += 1) {
      const a0 = aOffset + i * aStride;
      const factor = w[wOffset + i + j * wStride];
      if (factor === 0) continue;
      for (let k = 0; k < length; k += 1) c[c0 + k] -= a[a0 + k] * factor;
    }
  }
}
