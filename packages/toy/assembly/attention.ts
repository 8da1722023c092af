import { innerProducts } from './innerProducts';
import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';
import { addTransposedProduct } from './product';

/** ℓ_qj = f_qᵀ S f_j for every query and each of its keys; four queries at a time. */
export function bilinearLogits(plan: Plan): void {
  const n = plan.features;
  const stride = plan.queryStride;
  const v = plan.projectedQueries;
  memory.fill(v, 0, <usize>n * stride);
  addTransposedProduct(
    v,
    stride,
    plan.bilinear,
    <usize>n << 2,
    plan.queryTokens,
    stride,
    n,
    n,
    plan.paddedQueries,
  );
  const rowBytes = <usize>plan.blockQueries << 2;
  const positionStride = <usize>plan.paddedQueries << 2;
  for (let block = 0; block < plan.blocks; block += 1) {
    const keys = plan.keyTokens + <usize>block * plan.blockBytes;
    const first = <usize>block * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let position = 0;
      let key = keys + at;
      let to = plan.logits + first + at;
      for (; position + 4 <= plan.keys; position += 4) {
        fourLogits(plan, v + first + at, key, rowBytes, to, positionStride);
        key += 4 * rowBytes;
        to += 4 * positionStride;
      }
      for (; position < plan.keys; position += 1) {
        oneLogit(plan, v + first + at, key, to);
        key += rowBytes;
        to += positionStride;
      }
    }
  }
}

@inline
function fourLogits(plan: Plan, v: usize, key: usize, rowBytes: usize, to: usize, toStride: usize): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  const rowBytes2 = rowBytes + rowBytes;
  const rowBytes3 = rowBytes2 + rowBytes;
  const end = v + <usize>plan.features * plan.queryStride;
  do {
    const x = v128.load(v);
    a = multiplyAdd(a, x, v128.load(key));
    b = multiplyAdd(b, x, v128.load(key + rowBytes));
    c = multiplyAdd(c, x, v128.load(key + rowBytes2));
    d = multiplyAdd(d, x, v128.load(key + rowBytes3));
    v += plan.queryStride;
    key += plan.blockStride;
  } while (v < end);
  const scale = f32x4.splat(plan.logitScale);
  v128.store(to, f32x4.mul(scale, a));
  v128.store(to + toStride, f32x4.mul(scale, b));
  v128.store(to + 2 * toStride, f32x4.mul(scale, c));
  v128.store(to + 3 * toStride, f32x4.mul(scale, d));
}

@inline
function oneLogit(plan: Plan, v: usize, key: usize, to: usize): void {
  let sum = f32x4.splat(0);
  const end = v + <usize>plan.features * plan.queryStride;
  do {
    sum = multiplyAdd(sum, v128.load(v), v128.load(key));
    v += plan.queryStride;
    key += plan.blockStride;
  } while (v < end);
  v128.store(to, f32x4.mul(f32x4.splat(plan.logitScale), sum));
}

/** ∂L/∂S = Σ_q f_q g_qᵀ with g_q = Σ_j ∂L/∂ℓ_qj f_j. */
export function bilinearGradient(plan: Plan): void {
  const n = plan.features;
  const stride = plan.queryStride;
  const g = plan.projectedQueries;
  const rowBytes = <usize>plan.blockQueries << 2;
  const positionStride = <usize>plan.paddedQueries << 2;
  for (let block = 0; block < plan.blocks; block += 1) {
    const keys = plan.keyTokens + <usize>block * plan.blockBytes;
    const first = <usize>block * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let position = 0;
      let key = keys + at;
      let weight = plan.logits + first + at;
      for (; position + 4 <= plan.keys; position += 4) {
        fourKeys(plan, g + first + at, key, rowBytes, weight, positionStride, position > 0);
        key += 4 * rowBytes;
        weight += 4 * positionStride;
      }
      for (; position < plan.keys; position += 1) {
        oneKey(plan, g + first + at, key, weight, position > 0);
        key += rowBytes;
        weight += positionStride;
      }
    }
  }
  memory.fill(plan.gradientBilinear, 0, <usize>(n * n) << 2);
  innerProducts(
    plan.gradientBilinear,
    <usize>n << 2,
    plan.queryTokens,
    stride,
    g,
    stride,
    n,
    n,
    plan.paddedQueries,
  );
}

@inline
function fourKeys(
  plan: Plan,
  to: usize,
  key: usize,
  rowBytes: usize,
  weight: usize,
  weightStride: usize,
  add: bool,
): void {
  const a = v128.load(weight);
  const b = v128.load(weight + weightStride);
  const c = v128.load(weight + 2 * weightStride);
  const d = v128.load(weight + 3 * weightStride);
  const rowBytes2 = rowBytes + rowBytes;
  const rowBytes3 = rowBytes2 + rowBytes;
  const end = to + <usize>plan.features * plan.queryStride;
  do {
    const ab = multiplyAdd(f32x4.mul(a, v128.load(key)), b, v128.load(key + rowBytes));
    const cd = multiplyAdd(f32x4.mul(c, v128.load(key + rowBytes2)), d, v128.load(key + rowBytes3));
    const sum = f32x4.add(ab, cd);
    v128.store(to, add ? f32x4.add(v128.load(to), sum) : sum);
    to += plan.queryStride;
    key += plan.blockStride;
  } while (to < end);
}

@inline
function oneKey(plan: Plan, to: usize, key: usize, weight: usize, add: bool): void {
  const a = v128.load(weight);
  const end = to + <usize>plan.features * plan.queryStride;
  do {
    const term = f32x4.mul(a, v128.load(key));
    v128.store(to, add ? f32x4.add(v128.load(to), term) : term);
    to += plan.queryStride;
    key += plan.blockStride;
  } while (to < end);
}
