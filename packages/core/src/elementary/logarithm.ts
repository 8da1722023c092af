const words = new DataView(new ArrayBuffer(8));

/**
 * Natural logarithm of a positive finite number, the same on every machine: the host's `Math.log` may differ in
 * the last bit between engines. x = 2ᵉ·m with m in [√½, √2), ln m = 2 artanh((m − 1)/(m + 1)) by its series.
 * Relative error below 4 ulp. The argument is not checked.
 */
export function logarithm(x: number): number {
  let scaled = x;
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    scaled = x * 0x10000000000000; // subnormal: lift by 2⁵²
    exponent = -52;
  }
  words.setFloat64(0, scaled);
  const high = words.getUint32(0);
  exponent += (high >>> 20) - 1023;
  words.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = words.getFloat64(0); // [1, 2)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const t = (mantissa - 1) / (mantissa + 1); // |t| < 0.1716, so t²² < 1.4e-17
  const square = t * t;
  let series = 0;
  for (let n = 23; n >= 3; n -= 2) series = (series + 1 / n) * square;
  return exponent * Math.LN2 + 2 * (t + t * series);
}
