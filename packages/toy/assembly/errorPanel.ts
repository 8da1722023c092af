import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';

/**
 * Errors of one block's tokens, `width` ≤ 4 groups of four of them, two features at a time: z = G f + b stays in
 * registers, then δ = z − f where z > 0. Adds the sums of δ over tokens, in four lanes, to `errorSums`.
 *
 * @param width, masked constants where this is inlined
 * @param masked Whether `mask` tells which tokens exist; else all do.
 * @param tokens, mask, errors where the groups begin in the block, in its mask and in the place for δ
 */
@inline
export function errorPanel(
  width: i32,
  masked: bool,
  plan: Plan,
  tokens: usize,
  mask: usize,
  errors: usize,
): void {
  const stride = plan.blockStride;
  const rowBytes = <usize>plan.features << 2;
  const end = tokens + <usize>plan.features * stride;
  let a = plan.gram;
  let f = tokens;
  const lastBias = plan.b + rowBytes;
  let sums = plan.errorSums;
  for (let b = plan.b; b < lastBias; b += 8) {
    const bias0 = v128.load_splat<f32>(b);
    const bias1 = v128.load_splat<f32>(b, 4);
    let s00 = bias0;
    let s10 = bias1;
    let s01 = bias0;
    let s11 = bias1;
    let s02 = bias0;
    let s12 = bias1;
    let s03 = bias0;
    let s13 = bias1;
    let x = a;
    let x1 = a + rowBytes;
    let y = tokens;
    while (true) {
      const p = v128.load_splat<f32>(x);
      const q = v128.load_splat<f32>(x1);
      const first = v128.load(y);
      s00 = multiplyAdd(s00, p, first);
      s10 = multiplyAdd(s10, q, first);
      if (width > 1) {
        const column = v128.load(y, 16);
        s01 = multiplyAdd(s01, p, column);
        s11 = multiplyAdd(s11, q, column);
      }
      if (width > 2) {
        const column = v128.load(y, 32);
        s02 = multiplyAdd(s02, p, column);
        s12 = multiplyAdd(s12, q, column);
      }
      if (width > 3) {
        const column = v128.load(y, 48);
        s03 = multiplyAdd(s03, p, column);
        s13 = multiplyAdd(s13, q, column);
      }
      y += stride;
      if (y >= end) break;
      const pb = v128.load_splat<f32>(x, 4);
      const qb = v128.load_splat<f32>(x1, 4);
      const firstb = v128.load(y);
      s00 = multiplyAdd(s00, pb, firstb);
      s10 = multiplyAdd(s10, qb, firstb);
      if (width > 1) {
        const column = v128.load(y, 16);
        s01 = multiplyAdd(s01, pb, column);
        s11 = multiplyAdd(s11, qb, column);
      }
      if (width > 2) {
        const column = v128.load(y, 32);
        s02 = multiplyAdd(s02, pb, column);
        s12 = multiplyAdd(s12, qb, column);
      }
      if (width > 3) {
        const column = v128.load(y, 48);
        s03 = multiplyAdd(s03, pb, column);
        s13 = multiplyAdd(s13, qb, column);
      }
      y += stride;
      x += 8;
      x1 += 8;
      if (y >= end) break;
    }

    const f1 = f + stride;
    const errors1 = errors + stride;
    let sum0 = v128.load(sums);
    let sum1 = v128.load(sums, 16);
    const error0 = positiveError(s00, v128.load(f), masked, mask);
    const error1 = positiveError(s10, v128.load(f1), masked, mask);
    v128.store(errors, error0);
    v128.store(errors1, error1);
    sum0 = f32x4.add(sum0, error0);
    sum1 = f32x4.add(sum1, error1);
    if (width > 1) {
      const error0 = positiveError(s01, v128.load(f, 16), masked, mask + 16);
      const error1 = positiveError(s11, v128.load(f1, 16), masked, mask + 16);
      v128.store(errors, error0, 16);
      v128.store(errors1, error1, 16);
      sum0 = f32x4.add(sum0, error0);
      sum1 = f32x4.add(sum1, error1);
    }
    if (width > 2) {
      const error0 = positiveError(s02, v128.load(f, 32), masked, mask + 32);
      const error1 = positiveError(s12, v128.load(f1, 32), masked, mask + 32);
      v128.store(errors, error0, 32);
      v128.store(errors1, error1, 32);
      sum0 = f32x4.add(sum0, error0);
      sum1 = f32x4.add(sum1, error1);
    }
    if (width > 3) {
      const error0 = positiveError(s03, v128.load(f, 48), masked, mask + 48);
      const error1 = positiveError(s13, v128.load(f1, 48), masked, mask + 48);
      v128.store(errors, error0, 48);
      v128.store(errors1, error1, 48);
      sum0 = f32x4.add(sum0, error0);
      sum1 = f32x4.add(sum1, error1);
    }
    v128.store(sums, sum0);
    v128.store(sums, sum1, 16);
    sums += 32;
    a += 2 * rowBytes;
    f += 2 * stride;
    errors += 2 * stride;
  }
}

@inline
function positiveError(z: v128, f: v128, masked: bool, mask: usize): v128 {
  const error = v128.and(f32x4.sub(z, f), f32x4.gt(z, f32x4.splat(0)));
  return masked ? v128.and(error, v128.load(mask)) : error;
}
