/** Dot products of x with four rows of a matrix, which begin at m0 to m3, to out[outOffset …]: x is read once. */
export function fourDots(
  matrix: Float64Array,
  m0: number,
  m1: number,
  m2: number,
  m3: number,
  x: Float64Array,
  xOffset: number,
  length: number,
  out: Float64Array,
  outOffset: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < length; i += 1) {
    const value = x[xOffset + i];
    s0 += matrix[m0 + i] * value;
    s1 += matrix[m1 + i] * value;
    s2 += matrix[m2 + i] * value;
    s3 += matrix[m3 + i] * value;
  }
  out[outOffset] = s0;
  out[outOffset + 1] = s1;
  out[outOffset + 2] = s2;
  out[outOffset + 3] = s3;
}

/**
 * `fourDots` with two vectors: what is read of the matrix serves both. The sums are those of `fourDots`, to the
 * last bit.
 */
export function eightDots(
  matrix: Float64Array,
  m0: number,
  m1: number,
  m2: number,
  m3: number,
  x: Float64Array,
  xOffset: number,
  y: Float64Array,
  yOffset: number,
  length: number,
  outX: Float64Array,
  outY: Float64Array,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let i = 0; i < length; i += 1) {
    const a = x[xOffset + i];
    const b = y[yOffset + i];
    const p = matrix[m0 + i];
    const q = matrix[m1 + i];
    const r = matrix[m2 + i];
    const s = matrix[m3 + i];
    s0 += p * a;
    s1 += q * a;
    s2 += r * a;
    s3 += s * a;
    t0 += p * b;
    t1 += q * b;
    t2 += r * b;
    t3 += s * b;
  }
  outX[0] = s0;
  outX[1] = s1;
  outX[2] = s2;
  outX[3] = s3;
  outY[0] = t0;
  outY[1] = t1;
  outY[2] = t2;
  outY[3] = t3;
}
