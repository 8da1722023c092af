/**
 * eˣ for |x| < 700, the same on every machine: x = n·ln 2 + r with |r| ≤ ½ ln 2, the Taylor series of eʳ, times 2ⁿ.
 * Relative error below 4 ulp.
 */
export function exponential(x: number): number {
  const n = Math.round(x / Math.LN2);
  const rest = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10; // ln 2 in two parts
  let series = 1;
  for (let k = 15; k >= 1; k -= 1) series = 1 + (series * rest) / k;
  return scale(series, n);
}

/** value · 2ⁿ by exact products of powers of two. */
function scale(value: number, n: number): number {
  let result = value;
  let factor = n < 0 ? 0.5 : 2;
  for (let bits = Math.abs(n); bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) result *= factor;
    factor *= factor;
  }
  return result;
}
