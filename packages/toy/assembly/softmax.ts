import { exponential } from './exponential';
import { Plan } from './plan';

/** Replaces each logit by λ/Q (softmax ℓ − softmax t), its gradient; four queries at a time. */
export function logitGradients(plan: Plan): void {
  const positionStride = <usize>plan.paddedQueries << 2;
  const extent = <usize>plan.keys * positionStride;
  const scale = f32x4.splat(plan.gradientScale);
  for (let at: usize = 0; at < positionStride; at += 16) {
    const logits = plan.logits + at;
    const targets = plan.targetLogits + at;
    const attention = f32x4.div(scale, softmaxNumerators(logits, positionStride, extent));
    const wanted = f32x4.div(scale, softmaxNumerators(targets, positionStride, extent));
    for (let position: usize = 0; position < extent; position += positionStride) {
      const gradient = f32x4.sub(
        f32x4.mul(attention, v128.load(logits + position)),
        f32x4.mul(wanted, v128.load(targets + position)),
      );
      v128.store(logits + position, gradient);
    }
  }
}

/** Replaces x_j by e^(x_j − max x) and returns their sum. */
@inline
function softmaxNumerators(x: usize, stride: usize, extent: usize): v128 {
  let largest = v128.load(x);
  for (let j = stride; j < extent; j += stride) largest = f32x4.pmax(largest, v128.load(x + j));
  let sum = f32x4.splat(0);
  for (let j: usize = 0; j < extent; j += stride) {
    const value = exponential(f32x4.sub(v128.load(x + j), largest));
    v128.store(x + j, value);
    sum = f32x4.add(sum, value);
  }
  return sum;
}
