const LOG2_E: f32 = 1.44269504088896341;
// ln 2 in two parts, the first of 9 bits, so that n·LN2_HIGH is exact.
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
// Adding it rounds to an integer, which then stands in the low bits.
const ROUNDER: f32 = 12582912;
const SMALLEST: f32 = -40;

/**
 * eˣ for x ≤ 0, four at a time, within 2 ulp; below −40 it is e⁻⁴⁰, nothing beside a softmax's largest term 1. With
 * n = round(x/ln 2), eˣ = 2ⁿ·e^(x − n ln 2), and the second factor is a polynomial of degree 6 (Cephes' expf,
 * Moshier).
 */
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(SMALLEST));
  const rounded = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const n = f32x4.sub(rounded, f32x4.splat(ROUNDER));
  const r = f32x4.sub(
    f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH))),
    f32x4.mul(n, f32x4.splat(LN2_LOW)),
  );
  let sum = f32x4.splat(1.9875691500e-4);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), sum), r), f32x4.splat(1));
  // The bits of 1.5·2²³ + n, shifted: n lands in the exponent, the rest falls off the top.
  return i32x4.add(sum, i32x4.shl(rounded, 23));
}
