import type { ToyConfig } from '../../config/toyConfig.ts';
import { parameterNames, type ToyParameters, zeroParameters } from '../../model/toyParameters.ts';
import type { Tensor2D, Tf } from './tensorflow.ts';

/**
 * A parameter, gradient or moment on the device. A and B of a model without a head become one column of zeros, since
 * not every backend takes a tensor without entries; nothing reads it.
 */
export function uploadParameter(
  tf: Tf,
  values: Float64Array,
  [rows, columns]: readonly [number, number],
): Tensor2D {
  const padded = new Float32Array(rows * Math.max(columns, 1));
  padded.set(values);
  return tf.tensor2d(padded, [rows, Math.max(columns, 1)]);
}

/** The way back; what has no tensor is zero. */
export async function downloadParameters(
  config: ToyConfig,
  tensors: Partial<Record<keyof ToyParameters, Tensor2D>>,
): Promise<ToyParameters> {
  const result = zeroParameters(config);
  for (const name of parameterNames) {
    const values = await tensors[name]?.data();
    if (values !== undefined) result[name].set(values.subarray(0, result[name].length));
  }
  return result;
}
