/**
 * C ← C − A·W for column-major blocks inside flat arrays, with A of `length` × `inner`, W of `inner` × `columns` and C of
 * `length` × `columns`: column j of a block starts at its offset + j · its stride. W may lie in the array of C, on
 * other entries. A pass over four columns of C takes in four columns of A, so that C is loaded and stored less often.
 */
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
    const w0 = wOffset + j * wStride;
    for (let i = 0; i < wholeInner; i += 4) {
      tile4x4(a, aOffset + i * aStride, aStride, w, w0 + i, wStride, length, c, c0, cStride);
    }
    for (let i = wholeInner; i < inner; i += 1) {
      tile1x4(a, aOffset + i * aStride, w, w0 + i, wStride, length, c, c0, cStride);
    }
  }
  for (let j = wholeColumns; j < columns; j += 1) {
    const c0 = cOffset + j * cStride;
    const w0 = wOffset + j * wStride;
    for (let i = 0; i < wholeInner; i += 4) {
      tile4x1(a, aOffset + i * aStride, aStride, w, w0 + i, length, c, c0);
    }
    for (let i = wholeInner; i < inner; i += 1) {
      tile1x1(a, aOffset + i * aStride, w[w0 + i], length, c, c0);
    }
  }
}

function tile4x4(
  a: Float64Array,
  a0: number,
  aStride: number,
  w: Float64Array,
  w0: number,
  wStride: number,
  length: number,
  c: Float64Array,
  c0: number,
  cStride: number,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  const c1 = c0 + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
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

function tile1x4(
  a: Float64Array,
  a0: number,
  w: Float64Array,
  w0: number,
  wStride: number,
  length: number,
  c: Float64Array,
  c0: number,
  cStride: number,
): void {
  const c1 = c0 + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  const f0 = w[w0];
  const f1 = w[w0 + wStride];
  const f2 = w[w0 + 2 * wStride];
  const f3 = w[w0 + 3 * wStride];
  for (let k = 0; k < length; k += 1) {
    const p = a[a0 + k];
    c[c0 + k] -= p * f0;
    c[c1 + k] -= p * f1;
    c[c2 + k] -= p * f2;
    c[c3 + k] -= p * f3;
  }
}

function tile4x1(
  a: Float64Array,
  a0: number,
  aStride: number,
  w: Float64Array,
  w0: number,
  length: number,
  c: Float64Array,
  c0: number,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  const f0 = w[w0];
  const f1 = w[w0 + 1];
  const f2 = w[w0 + 2];
  const f3 = w[w0 + 3];
  for (let k = 0; k < length; k += 1)
    c[c0 + k] -= a[a0 + k] * f0 + a[a1 + k] * f1 + a[a2 + k] * f2 + a[a3 + k] * f3;
}

function tile1x1(
  a: Float64Array,
  a0: number,
  factor: number,
  length: number,
  c: Float64Array,
  c0: number,
): void {
  for (let k = 0; k < length; k += 1) c[c0 + k] -= a[a0 + k] * factor;
}
