import { errorPanel } from './errorPanel';
import { innerProducts } from './innerProducts';
import { Plan } from './plan';
import { laneSums } from './transpose';

/**
 * Gradients of the reconstruction loss by G = WᵀW and b, before the weights w of the features: z = G f + b,
 * δ = relu z − f where z > 0, ∂L/∂G = w Σ δ fᵀ, ∂L/∂b = w Σ δ. Here ∂L/∂b is complete, and `gradientGram` is Σ δ fᵀ.
 */
export function reconstruct(plan: Plan): void {
  const n = plan.features;
  const rowBytes = <usize>n << 2;
  const stride = plan.blockStride;
  const columns = plan.keys * plan.blockQueries;
  memory.fill(plan.gradientGram, 0, <usize>n * rowBytes);
  memory.fill(plan.errorSums, 0, <usize>n << 4);
  for (let block = 0; block < plan.blocks; block += 1) {
    const tokens = plan.keyTokens + <usize>block * plan.blockBytes;
    if ((block + 1) * plan.blockQueries > plan.queries) partialBlockErrors(plan, tokens, columns >> 2);
    else blockErrors(plan, tokens, columns >> 2);
    innerProducts(plan.gradientGram, rowBytes, plan.errors, stride, tokens, stride, n, n, columns);
  }
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const sums = plan.errorSums + 4 * at;
    const total = laneSums(
      v128.load(sums),
      v128.load(sums, 16),
      v128.load(sums, 32),
      v128.load(sums, 48),
    );
    v128.store(plan.gradientb + at, f32x4.mul(v128.load(plan.errorWeights + at), total));
  }
}

function blockErrors(plan: Plan, tokens: usize, groups: i32): void {
  let errors = plan.errors;
  for (; groups >= 4; groups -= 4) {
    errorPanel4(plan, tokens, errors);
    tokens += 64;
    errors += 64;
  }
  if (groups === 3) errorPanel3(plan, tokens, errors);
  else if (groups === 2) errorPanel2(plan, tokens, errors);
  else if (groups === 1) errorPanel1(plan, tokens, errors);
}

/** Of the last block where some of its tokens do not exist. */
function partialBlockErrors(plan: Plan, tokens: usize, groups: i32): void {
  for (let group: usize = 0; group < <usize>groups; group += 1) {
    errorPanel(1, true, plan, tokens + 16 * group, plan.lastMask + 16 * group, plan.errors + 16 * group);
  }
}

function errorPanel1(plan: Plan, tokens: usize, errors: usize): void {
  errorPanel(1, false, plan, tokens, 0, errors);
}

function errorPanel2(plan: Plan, tokens: usize, errors: usize): void {
  errorPanel(2, false, plan, tokens, 0, errors);
}

function errorPanel3(plan: Plan, tokens: usize, errors: usize): void {
  errorPanel(3, false, plan, tokens, 0, errors);
}

function errorPanel4(plan: Plan, tokens: usize, errors: usize): void {
  errorPanel(4, false, plan, tokens, 0, errors);
}

/** The batch's reconstruction loss, summed in float64; slow, and not part of a step. */
export function reconstructionLoss(plan: Plan): f64 {
  const n = plan.features;
  const columns = plan.keys * plan.blockQueries;
  let loss: f64 = 0;
  for (let block = 0; block < plan.blocks; block += 1) {
    const tokens = plan.keyTokens + <usize>block * plan.blockBytes;
    const partial = (block + 1) * plan.blockQueries > plan.queries;
    for (let column = 0; column < columns; column += 1) {
      const token = tokens + (<usize>column << 2);
      if (!partial || load<u32>(plan.lastMask + (<usize>column << 2)) !== 0) loss += tokenLoss(plan, token, n);
    }
  }
  return loss;
}

function tokenLoss(plan: Plan, token: usize, n: i32): f64 {
  let loss: f64 = 0;
  for (let i = 0; i < n; i += 1) {
    let z = <f64>load<f32>(plan.b + (<usize>i << 2));
    for (let j = 0; j < n; j += 1) {
      const f = load<f32>(token + <usize>j * plan.blockStride);
      z += <f64>load<f32>(plan.gram + (<usize>(i * n + j) << 2)) * <f64>f;
    }
    const error = max<f64>(z, 0) - <f64>load<f32>(token + <usize>i * plan.blockStride);
    // The weights hold 2/(Q·m) for the derivative of the square.
    loss += 0.5 * <f64>load<f32>(plan.errorWeights + (<usize>i << 2)) * error * error;
  }
  return loss;
}
