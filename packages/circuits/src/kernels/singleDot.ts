/**
 * `dot` of core with a first factor in float32; a function of its own, so that either is compiled for one kind of array.
 */
export function singleDot(
  a: Float32Array,
  aOffset: number,
  b: Float64Array,
  bOffset: number,
  length: number,
): number {
  const whole = length - (length % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < whole; i += 4) {
    s0 += a[aOffset + i] * b[bOffset + i];
    s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
    s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
    s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
  }
  for (let i = whole; i < length; i += 1) s0 += a[aOffset + i] * b[bOffset + i];
  return s0 + s1 + (s2 + s3);
}
