import { Plan } from './plan';
import { transpose } from './transpose';

/** Draws all key tokens, then all query tokens, in the order of `TokenSampler.draw`. */
export function drawBatch(plan: Plan): void {
  const m = plan.keys;
  const perBlock = plan.blockQueries;
  let block = plan.keyTokens;
  for (let first = 0; first < plan.queries; first += perBlock) {
    drawTokens(plan, m * min(perBlock, plan.queries - first), m * perBlock);
    for (let position = 0; position < m; position += 1) {
      arrange(plan, block + (<usize>(position * perBlock) << 2), plan.blockStride, position, m);
    }
    block += plan.blockBytes;
  }
  if (plan.head === 0) return;
  for (let first = 0; first < plan.queries; first += perBlock) {
    drawTokens(plan, min(perBlock, plan.queries - first), perBlock);
    arrange(plan, plan.queryTokens + (<usize>first << 2), plan.queryStride, 0, 1);
  }
}

/** One position of a block's drawn tokens, feature by feature. */
function arrange(plan: Plan, to: usize, stride: usize, position: i32, positions: i32): void {
  const row = <usize>plan.features << 2;
  const from = plan.drawn + <usize>position * row;
  transpose(to, stride, from, <usize>positions * row, plan.blockQueries, plan.features);
}

/** The next `count` tokens, four features at a time; rows from there to `rows` are zero. */
function drawTokens(plan: Plan, count: i32, rows: i32): void {
  const state = plan.sampler;
  const threshold = f32x4.splat(plan.threshold);
  const inverse = f32x4.splat(plan.inverse);
  const lastLanes = v128.load(plan.lastLanes);
  const row = <usize>plan.features << 2;
  let s0 = v128.load(state);
  let s1 = v128.load(state, 16);
  let s2 = v128.load(state, 32);
  let s3 = v128.load(state, 48);
  let at = plan.drawn;
  const end = at + <usize>count * row;
  while (at < end) {
    const next = at + row;
    do {
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
      at += 16;
    } while (at < next);
    v128.store(at - 16, v128.and(v128.load(at - 16), lastLanes));
  }
  memory.fill(end, 0, <usize>(rows - count) * row);
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}
