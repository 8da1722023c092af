const words = new DataView(new ArrayBuffer(8));

/** 2ⁿ for an integer n in [−1022, 1023], from its bits: a host's `pow` need not be exact. */
export function powerOfTwo(n: number): number {
  words.setUint32(0, (n + 1023) << 20);
  words.setUint32(4, 0);
  return words.getFloat64(0);
}

/** value · 2ⁿ for an integer n; exact unless the result leaves the range of normal numbers. */
export function scaleByPowerOfTwo(value: number, n: number): number {
  const within = Math.max(-2044, Math.min(2046, n));
  const half = Math.trunc(within / 2);
  return value * powerOfTwo(half) * powerOfTwo(within - half);
}

/** The integer e with 2ᵉ ≤ |x| < 2ᵉ⁺¹, for finite x ≠ 0; subnormal numbers included. */
export function binaryExponent(x: number): number {
  const subnormal = Math.abs(x) < 2.2250738585072014e-308;
  words.setFloat64(0, subnormal ? x * 0x10000000000000 : x);
  return ((words.getUint32(0) >>> 20) & 0x7ff) - 1023 - (subnormal ? 52 : 0);
}
