// A float32 and its bits in one buffer: words of one width, so the byte order of the machine does not matter.
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The value of 16 bits as IEEE 754 binary16; exact. `half` in [0, 2¹⁶). */
export function float16Value(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  // Zero and subnormal: fraction · 2⁻²⁴.
  if (exponent === 0) return (sign === 0 ? 1 : -1) * fraction * 5.9604644775390625e-8;
  // The exponent of binary32 is biased by 127 instead of 15; infinity and NaN have all its bits set.
  const wide = exponent === 0x1f ? 0xff : exponent + 112;
  bits[0] = sign | (wide << 23) | (fraction << 13);
  return float[0] ?? Number.NaN;
}

/** The value of 16 bits as bfloat16, the upper half of a binary32; exact. `half` in [0, 2¹⁶). */
export function bfloat16Value(half: number): number {
  bits[0] = half << 16;
  return float[0] ?? Number.NaN;
}
