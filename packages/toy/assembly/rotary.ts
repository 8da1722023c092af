import { innerProducts } from './innerProducts';
import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';
import { addTransposedProduct } from './product';

/** ℓ_qj = (Aᵀh_q)ᵀ R(j − i) Bᵀh_j, in the head's space: with rotary positions no single S serves all keys. */
export function rotaryLogits(plan: Plan): void {
  const n = plan.features;
  const h = plan.head;
  const width = <usize>h << 2;
  const stride = plan.queryStride;
  const columns = plan.keys * plan.blockQueries;
  const bytes = keyBlockBytes(plan);
  memory.fill(plan.projectedQueries, 0, <usize>h * stride);
  memory.fill(plan.projectedKeys, 0, <usize>plan.blocks * bytes);
  addTransposedProduct(
    plan.projectedQueries,
    stride,
    plan.queryFactor,
    width,
    plan.queryTokens,
    stride,
    h,
    n,
    plan.paddedQueries,
  );
  for (let block = 0; block < plan.blocks; block += 1) {
    const tokens = plan.keyTokens + <usize>block * plan.blockBytes;
    const keys = plan.projectedKeys + <usize>block * bytes;
    const next = plan.blockStride;
    addTransposedProduct(keys, next, plan.keyFactor, width, tokens, next, h, n, columns);
    blockLogits(plan, block, keys);
  }
}

function keyBlockBytes(plan: Plan): usize {
  return <usize>plan.head * plan.blockStride;
}

function blockLogits(plan: Plan, block: i32, keys: usize): void {
  const rowBytes = <usize>plan.blockQueries << 2;
  const first = <usize>block * rowBytes;
  const bandBytes = <usize>plan.head << 1;
  for (let position = 0; position < plan.keys; position += 1) {
    const turn = <usize>position * bandBytes;
    const to = plan.logits + (<usize>(position * plan.paddedQueries) << 2) + first;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let q = plan.projectedQueries + first + at;
      let k = keys + <usize>position * rowBytes + at;
      let sum = f32x4.splat(0);
      for (let band: usize = 0; band < bandBytes; band += 4) {
        const c = v128.load_splat<f32>(plan.cosines + turn + band);
        const s = v128.load_splat<f32>(plan.sines + turn + band);
        const q0 = v128.load(q);
        const q1 = v128.load(q + plan.queryStride);
        sum = multiplyAdd(sum, turnedBackFirst(c, s, q0, q1), v128.load(k));
        sum = multiplyAdd(sum, turnedBackSecond(c, s, q0, q1), v128.load(k + plan.blockStride));
        q += 2 * plan.queryStride;
        k += 2 * plan.blockStride;
      }
      v128.store(to + at, f32x4.mul(f32x4.splat(plan.logitScale), sum));
    }
  }
}

/** The two coordinates of Rᵀq in one band; R itself is its opposite turn, with −s. */
@inline
function turnedBackFirst(c: v128, s: v128, q0: v128, q1: v128): v128 {
  return f32x4.add(f32x4.mul(c, q0), f32x4.mul(s, q1));
}

@inline
function turnedBackSecond(c: v128, s: v128, q0: v128, q1: v128): v128 {
  return f32x4.sub(f32x4.mul(c, q1), f32x4.mul(s, q0));
}

/** Gradients by WᵀA and WᵀB. */
export function rotaryGradients(plan: Plan): void {
  const n = plan.features;
  const h = plan.head;
  const width = <usize>h << 2;
  const stride = plan.queryStride;
  const columns = plan.keys * plan.blockQueries;
  memory.fill(plan.gradientQueries, 0, <usize>h * stride);
  memory.fill(plan.gradientQueryFactor, 0, <usize>n * width);
  memory.fill(plan.gradientKeyFactor, 0, <usize>n * width);
  for (let block = 0; block < plan.blocks; block += 1) {
    const tokens = plan.keyTokens + <usize>block * plan.blockBytes;
    const keys = plan.projectedKeys + <usize>block * keyBlockBytes(plan);
    blockGradients(plan, block, keys);
    const next = plan.blockStride;
    innerProducts(plan.gradientKeyFactor, width, tokens, next, keys, next, n, h, columns);
  }
  innerProducts(
    plan.gradientQueryFactor,
    width,
    plan.queryTokens,
    stride,
    plan.gradientQueries,
    stride,
    n,
    h,
    plan.paddedQueries,
  );
}

/** ∂L/∂(Bᵀh_j) in the place of Bᵀh_j, and ∂L/∂(Aᵀh_q). */
function blockGradients(plan: Plan, block: i32, keys: usize): void {
  const rowBytes = <usize>plan.blockQueries << 2;
  const first = <usize>block * rowBytes;
  const bandBytes = <usize>plan.head << 1;
  const queryStride = plan.queryStride;
  const keyStride = plan.blockStride;
  for (let position = 0; position < plan.keys; position += 1) {
    const turn = <usize>position * bandBytes;
    const weights = plan.logits + (<usize>(position * plan.paddedQueries) << 2) + first;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const weight = v128.load(weights + at);
      let q = plan.projectedQueries + first + at;
      let dq = plan.gradientQueries + first + at;
      let k = keys + <usize>position * rowBytes + at;
      for (let band: usize = 0; band < bandBytes; band += 4) {
        const c = f32x4.mul(weight, v128.load_splat<f32>(plan.cosines + turn + band));
        const s = f32x4.mul(weight, v128.load_splat<f32>(plan.sines + turn + band));
        const q0 = v128.load(q);
        const q1 = v128.load(q + queryStride);
        const k0 = v128.load(k);
        const k1 = v128.load(k + keyStride);
        v128.store(k, turnedBackFirst(c, s, q0, q1));
        v128.store(k + keyStride, turnedBackSecond(c, s, q0, q1));
        const back = f32x4.neg(s);
        v128.store(dq, f32x4.add(v128.load(dq), turnedBackFirst(c, back, k0, k1)));
        const dq1 = dq + queryStride;
        v128.store(dq1, f32x4.add(v128.load(dq1), turnedBackSecond(c, back, k0, k1)));
        q += 2 * queryStride;
        dq += 2 * queryStride;
        k += 2 * keyStride;
      }
    }
  }
}
