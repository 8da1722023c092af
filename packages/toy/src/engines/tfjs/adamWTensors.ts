import { adamW, biasCorrection } from '../adamW.ts';
import type { Tensor2D, Tf } from './tensorflow.ts';

/** One parameter with its moments. */
export type Moments = {
  readonly value: Tensor2D;
  readonly first: Tensor2D;
  readonly second: Tensor2D;
};

/**
 * Step `step` (from 1) of AdamW with decoupled weight decay, as new tensors.
 *
 * @param rate learning rate of this step
 */
export function adamWTensors(
  tf: Tf,
  { value, first, second }: Moments,
  gradient: Tensor2D,
  step: number,
  rate: number,
  weightDecay: number,
): Moments {
  const mu: Tensor2D = tf.add(first, tf.mul(tf.sub(gradient, first), 1 - adamW.beta1));
  const nu: Tensor2D = tf.add(second, tf.mul(tf.sub(tf.square(gradient), second), 1 - adamW.beta2));
  const secondRoot = Math.sqrt(biasCorrection(adamW.beta2, step));
  const direction = tf.div(mu, tf.add(tf.div(tf.sqrt(nu), secondRoot), adamW.epsilon));
  const decayed = tf.mul(value, 1 - rate * weightDecay);
  const moved: Tensor2D = tf.sub(decayed, tf.mul(direction, rate / biasCorrection(adamW.beta1, step)));
  return { value: moved, first: mu, second: nu };
}
