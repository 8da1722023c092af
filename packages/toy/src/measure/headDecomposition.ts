import { Matrix, qkSvd, type SingularValueDecomposition } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';
import { parameterShapes, type ToyParameters } from '../model/toyParameters.ts';

/** A parameter as a matrix of its shape. */
export function parameterMatrix(
  config: ToyConfig,
  parameters: ToyParameters,
  name: keyof ToyParameters,
): Matrix {
  const [rows, columns] = parameterShapes(config)[name];
  return Matrix.from1DArray(rows, columns, parameters[name]);
}

/** SVD of the head's Ω = A Bᵀ, H terms; of no terms for a model without a head. */
export function headDecomposition(config: ToyConfig, parameters: ToyParameters): SingularValueDecomposition {
  if (config.headDimension === 0) {
    const none = new Matrix(config.dimension, 0);
    return { U: none, singularValues: new Float64Array(0), V: none };
  }
  return qkSvd(parameterMatrix(config, parameters, 'A'), parameterMatrix(config, parameters, 'B'));
}
