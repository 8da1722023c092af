import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';

/**
 * δ of one block's tokens, `width` ≤ 4 groups of four of them, two features at a time: z = G f + b stays in
 * registers, then δ = w (z − f) where z > 0. Adds the sums of δ over tokens, in four lanes, to `errorSums`.
 *
 * @param width a constant where this is inlined
 * @param tokens, mask, errors where the groups begin in the block, in its mask and in the place for δ
 */
@inline
export function errorPanel(width: i32, plan: Plan, tokens: usize, mask: usize, errors: usize): void {
  const stride = plan.blockStride;
  const rowBytes = <usize>plan.features << 2;
  const end = tokens + <usize>plan.features * stride;
  let a = plan.gram;
  let f = tokens;
  for (let at: usize = 0; at < rowBytes; at += 8) {
    const bias0 = v128.load_splat<f32>(plan.b + at);
    const bias1 = v128.load_splat<f32>(plan.b + at, 4);
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
    do {
      const p = v128.load_splat<f32>(x);
      const q = v128.load_splat<f32>(x1);
      const column = v128.load(y);
      s00 = multiplyAdd(s00, p, column);
      s10 = multiplyAdd(s10, q, column);
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
      x += 4;
      x1 += 4;
      y += stride;
    } while (y < end);

    const weight0 = v128.load_splat<f32>(plan.errorWeights + at);
    let sum0 = v128.load(plan.errorSums + 4 * at);
    const error0 = maskedError(s00, v128.load(f), weight0, v128.load(mask));
    v128.store(errors, error0);
    sum0 = f32x4.add(sum0, error0);
    if (width > 1) {
      const error = maskedError(s01, v128.load(f, 16), weight0, v128.load(mask, 16));
      v128.store(errors, error, 16);
      sum0 = f32x4.add(sum0, error);
    }
    if (width > 2) {
      const error = maskedError(s02, v128.load(f, 32), weight0, v128.load(mask, 32));
      v128.store(errors, error, 32);
      sum0 = f32x4.add(sum0, error);
    }
    if (width > 3) {
      const error = maskedError(s03, v128.load(f, 48), weight0, v128.load(mask, 48));
      v128.store(errors, error, 48);
      sum0 = f32x4.add(sum0, error);
    }
    v128.store(plan.errorSums + 4 * at, sum0);
    const weight1 = v128.load_splat<f32>(plan.errorWeights + at, 4);
    let sum1 = v128.load(plan.errorSums + 4 * at, 16);
    const f1 = f + stride;
    const errors1 = errors + stride;
    const error1 = maskedError(s10, v128.load(f1), weight1, v128.load(mask));
    v128.store(errors1, error1);
    sum1 = f32x4.add(sum1, error1);
    if (width > 1) {
      const error = maskedError(s11, v128.load(f1, 16), weight1, v128.load(mask, 16));
      v128.store(errors1, error, 16);
      sum1 = f32x4.add(sum1, error);
    }
    if (width > 2) {
      const error = maskedError(s12, v128.load(f1, 32), weight1, v128.load(mask, 32));
      v128.store(errors1, error, 32);
      sum1 = f32x4.add(sum1, error);
    }
    if (width > 3) {
      const error = maskedError(s13, v128.load(f1, 48), weight1, v128.load(mask, 48));
      v128.store(errors1, error, 48);
      sum1 = f32x4.add(sum1, error);
    }
    v128.store(plan.errorSums + 4 * at, sum1, 16);
    a += 2 * rowBytes;
    f += 2 * stride;
    errors += 2 * stride;
  }
}

@inline
function maskedError(z: v128, f: v128, weight: v128, mask: v128): v128 {
  const error = f32x4.mul(weight, f32x4.sub(z, f));
  return v128.and(error, v128.and(mask, f32x4.gt(z, f32x4.splat(0))));
}
