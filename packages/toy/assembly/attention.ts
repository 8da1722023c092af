import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';
import { addProduct, addTransposedProduct } from './product';
import { laneSums } from './transpose';

/** ℓ_qj = f_qᵀ S f_j for every query and each of its keys. */
export function bilinearLogits(plan: Plan): void {
  const n = plan.features;
  const stride = <usize>n << 2;
  const queries = plan.projectedQueries;
  memory.fill(queries, 0, <usize>plan.paddedQueries * stride);
  addProduct(queries, stride, plan.queryTokens, stride, plan.bilinear, stride, plan.paddedQueries, n, n);
  const scale = f32x4.splat(plan.logitScale);
  const step = <usize>plan.keys * stride;
  const positionStride = <usize>plan.paddedQueries << 2;
  for (let query = 0; query < plan.paddedQueries; query += 4) {
    const v = queries + <usize>query * stride;
    let key = plan.keyTokens + <usize>query * step;
    let to = plan.logits + (<usize>query << 2);
    for (let position = 0; position < plan.keys; position += 1) {
      v128.store(to, f32x4.mul(scale, fourDots(v, stride, key, step, stride)));
      key += stride;
      to += positionStride;
    }
  }
}

/** x_r · y_r for four rows of each. */
@inline
function fourDots(x: usize, strideX: usize, y: usize, strideY: usize, length: usize): v128 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  const x1 = x + strideX;
  const x2 = x1 + strideX;
  const x3 = x2 + strideX;
  const y1 = y + strideY;
  const y2 = y1 + strideY;
  const y3 = y2 + strideY;
  for (let at: usize = 0; at < length; at += 16) {
    a = multiplyAdd(a, v128.load(x + at), v128.load(y + at));
    b = multiplyAdd(b, v128.load(x1 + at), v128.load(y1 + at));
    c = multiplyAdd(c, v128.load(x2 + at), v128.load(y2 + at));
    d = multiplyAdd(d, v128.load(x3 + at), v128.load(y3 + at));
  }
  return laneSums(a, b, c, d);
}

/** ∂L/∂S = Σ_q f_q g_qᵀ with g_q = Σ_j ∂L/∂ℓ_qj f_j. */
export function bilinearGradient(plan: Plan): void {
  const n = plan.features;
  const stride = <usize>n << 2;
  const positionStride = <usize>plan.paddedQueries << 2;
  let keys = plan.keyTokens;
  for (let query = 0; query < plan.queries; query += 1) {
    const weights = plan.logits + (<usize>query << 2);
    const to = plan.projectedQueries + <usize>query * stride;
    for (let at: usize = 0; at < stride; at += 16) {
      let sum = f32x4.splat(0);
      let weight = weights;
      let key = keys + at;
      for (let position = 0; position < plan.keys; position += 1) {
        sum = multiplyAdd(sum, v128.load_splat<f32>(weight), v128.load(key));
        weight += positionStride;
        key += stride;
      }
      v128.store(to + at, sum);
    }
    keys += <usize>plan.keys * stride;
  }
  const even = (plan.queries + 1) & ~1;
  if (even > plan.queries) memory.fill(plan.projectedQueries + <usize>plan.queries * stride, 0, stride);
  memory.fill(plan.gradientBilinear, 0, <usize>n * stride);
  addTransposedProduct(
    plan.gradientBilinear,
    stride,
    plan.queryTokens,
    stride,
    plan.projectedQueries,
    stride,
    n,
    even,
    n,
  );
}
