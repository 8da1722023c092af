import { BLOCK, Plan } from './plan';
import { addProduct, addTransposedProduct } from './product';

/**
 * Gradients of the reconstruction loss by G = WᵀW and b: z = G f + b, δ = w (relu z − f) where z > 0,
 * ∂L/∂G = Σ δ fᵀ, ∂L/∂b = Σ δ.
 */
export function reconstruct(plan: Plan): void {
  const n = plan.features;
  const stride = (<usize>n) << 2;
  memory.fill(plan.gradientGram, 0, <usize>n * stride);
  memory.fill(plan.gradientb, 0, stride);
  for (let start = 0; start < plan.tokens; start += BLOCK) {
    const count = min(BLOCK, plan.tokens - start);
    const even = (count + 1) & ~1;
    const tokens = plan.keyTokens + <usize>start * stride;
    preactivations(plan, tokens, even);
    for (let at: usize = 0; at < stride; at += 16) errorColumn(plan, tokens, at, count);
    if (even > count) memory.fill(plan.errors + <usize>count * stride, 0, stride);
    addTransposedProduct(plan.gradientGram, stride, plan.errors, stride, tokens, stride, n, even, n);
  }
}

/** z of `count` tokens, in the place of the errors. */
export function preactivations(plan: Plan, tokens: usize, count: i32): void {
  const n = plan.features;
  const stride = (<usize>n) << 2;
  for (let token = 0; token < count; token += 1) {
    memory.copy(plan.errors + <usize>token * stride, plan.b, stride);
  }
  addProduct(plan.errors, stride, tokens, stride, plan.gram, stride, count, n, n);
}

/** δ of four features, at byte `at` of a token, in the place of z; adds to ∂L/∂b. */
function errorColumn(plan: Plan, tokens: usize, at: usize, count: i32): void {
  const stride = (<usize>plan.features) << 2;
  const zero = f32x4.splat(0);
  const weight = v128.load(plan.errorWeights + at);
  let sum = v128.load(plan.gradientb + at);
  let f = tokens + at;
  let z = plan.errors + at;
  for (let token = 0; token < count; token += 1) {
    const activation = v128.load(z);
    const error = f32x4.mul(weight, f32x4.sub(activation, v128.load(f)));
    const masked = v128.and(error, f32x4.gt(activation, zero));
    v128.store(z, masked);
    sum = f32x4.add(sum, masked);
    f += stride;
    z += stride;
  }
  v128.store(plan.gradientb + at, sum);
}

/** The batch's reconstruction loss, summed in float64; nothing but the errors' block is written. */
export function reconstructionLoss(plan: Plan): f64 {
  const n = plan.features;
  const stride = (<usize>n) << 2;
  let loss: f64 = 0;
  for (let start = 0; start < plan.tokens; start += BLOCK) {
    const count = min(BLOCK, plan.tokens - start);
    const tokens = plan.keyTokens + <usize>start * stride;
    preactivations(plan, tokens, (count + 1) & ~1);
    for (let at: usize = 0; at < <usize>count * stride; at += 4) {
      const error = <f64>max<f32>(load<f32>(plan.errors + at), 0) - <f64>load<f32>(tokens + at);
      // The weights hold 2/(Q·m) for the derivative of the square.
      loss += 0.5 * <f64>load<f32>(plan.errorWeights + (at % stride)) * error * error;
    }
  }
  return loss;
}
