import { Plan } from './plan';

/** Draws all key tokens, then all query tokens: `TokenSampler.draw`, four features at a time. */
export function drawBatch(plan: Plan): void {
  drawTokens(plan, plan.keyTokens, plan.tokens);
  if (plan.head > 0) drawTokens(plan, plan.queryTokens, plan.queries);
}

function drawTokens(plan: Plan, tokens: usize, count: i32): void {
  const state = plan.sampler;
  const threshold = f32x4.splat(plan.threshold);
  const inverse = f32x4.splat(plan.inverse);
  const lastLanes = v128.load(plan.lastLanes);
  const groups = plan.features >> 2;
  let s0 = v128.load(state);
  let s1 = v128.load(state, 16);
  let s2 = v128.load(state, 32);
  let s3 = v128.load(state, 48);
  let at = tokens;
  for (let token = 0; token < count; token += 1) {
    const last = at + ((<usize>groups) << 4) - 16;
    for (; at <= last; at += 16) {
      const bits = i32x4.shr_u(i32x4.add(s0, s3), 8);
      const shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0);
      s3 = v128.xor(s3, s1);
      s1 = v128.xor(s1, s2);
      s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted);
      s3 = v128.or(i32x4.shl(s3, 11), i32x4.shr_u(s3, 21));
      // Scaling by 2²⁴ is exact: the comparison and the product are those of u itself.
      const u = f32x4.convert_i32x4_s(bits);
      v128.store(at, v128.and(f32x4.mul(u, inverse), f32x4.lt(u, threshold)));
    }
    v128.store(last, v128.and(v128.load(last), lastLanes));
  }
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}
