import { multiplyAdd } from './multiplyAdd';
import { Plan } from './plan';
import { addProduct, addTransposedProduct } from './product';
import { laneSums } from './transpose';

/** ℓ_qj = (Aᵀh_q)ᵀ R(j − i) Bᵀh_j, in the head's space: with rotary positions no single S serves all keys. */
export function rotaryLogits(plan: Plan): void {
  const n = plan.features;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  const queryRows = plan.paddedQueries;
  const keyRows = queryRows * plan.keys;
  memory.fill(plan.projectedQueries, 0, <usize>queryRows * width);
  memory.fill(plan.projectedKeys, 0, <usize>keyRows * width);
  addProduct(plan.projectedQueries, width, plan.queryTokens, stride, plan.queryFactor, width, queryRows, n, h);
  addProduct(plan.projectedKeys, width, plan.keyTokens, stride, plan.keyFactor, width, keyRows, n, h);
  let key = plan.projectedKeys;
  for (let query = 0; query < queryRows; query += 1) {
    const q = plan.projectedQueries + <usize>query * width;
    let turn: usize = 0;
    let to = plan.logits + (<usize>query << 2);
    for (let position = 0; position < plan.keys; position += 1) {
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < width; at += 16) {
        sum = multiplyAdd(sum, turnBack(plan, v128.load(q + at), turn + at), v128.load(key + at));
      }
      const total = f32x4.extract_lane(laneSums(sum, sum, sum, sum), 0);
      store<f32>(to, plan.logitScale * total);
      key += width;
      turn += width;
      to += <usize>queryRows << 2;
    }
  }
}

/** Gradients by WᵀA and WᵀB. */
export function rotaryGradients(plan: Plan): void {
  const n = plan.features;
  const h = plan.head;
  const stride = <usize>n << 2;
  const width = <usize>h << 2;
  const queryRows = plan.paddedQueries;
  memory.fill(plan.gradientQueries, 0, <usize>queryRows * width);
  let key = plan.projectedKeys;
  for (let query = 0; query < queryRows; query += 1) {
    const q = plan.projectedQueries + <usize>query * width;
    const to = plan.gradientQueries + <usize>query * width;
    let turn: usize = 0;
    let weight = plan.logits + (<usize>query << 2);
    for (let position = 0; position < plan.keys; position += 1) {
      const gradient = v128.load_splat<f32>(weight);
      for (let at: usize = 0; at < width; at += 16) {
        const turned = turnForth(plan, v128.load(key + at), turn + at);
        v128.store(to + at, multiplyAdd(v128.load(to + at), gradient, turned));
        v128.store(key + at, f32x4.mul(gradient, turnBack(plan, v128.load(q + at), turn + at)));
      }
      key += width;
      turn += width;
      weight += <usize>queryRows << 2;
    }
  }
  const dQuery = plan.gradientQueryFactor;
  const dKey = plan.gradientKeyFactor;
  const keyRows = queryRows * plan.keys;
  memory.fill(dQuery, 0, <usize>n * width);
  memory.fill(dKey, 0, <usize>n * width);
  addTransposedProduct(dQuery, width, plan.queryTokens, stride, plan.gradientQueries, width, n, queryRows, h);
  addTransposedProduct(dKey, width, plan.keyTokens, stride, plan.projectedKeys, width, n, keyRows, h);
}

/** R(j − i)ᵀ on two bands, `at` bytes into the tables. */
@inline
function turnBack(plan: Plan, x: v128, at: usize): v128 {
  const swapped = v128.shuffle<f32>(x, x, 1, 0, 3, 2);
  const straight = f32x4.mul(v128.load(plan.cosines + at), x);
  return multiplyAdd(straight, v128.load(plan.signedSines + at), swapped);
}

/** R(j − i) on two bands. */
@inline
function turnForth(plan: Plan, x: v128, at: usize): v128 {
  const swapped = v128.shuffle<f32>(x, x, 1, 0, 3, 2);
  const straight = f32x4.mul(v128.load(plan.cosines + at), x);
  return f32x4.sub(straight, f32x4.mul(v128.load(plan.signedSines + at), swapped));
}
