import type { ToyConfig } from '../config/toyConfig.ts';

/**
 * What a toy model learns, row-major. Engines that compute in float32 hold float32 values in these arrays.
 */
export interface ToyParameters {
  /** [D × N]; column i is the direction w_i of feature i. */
  readonly W: Float64Array;
  /** [N]; bias of the reconstruction. */
  readonly b: Float64Array;
  /** [D × H]; query weights, Ω = A Bᵀ. */
  readonly A: Float64Array;
  /** [D × H]; key weights. */
  readonly B: Float64Array;
}

export const parameterNames = ['W', 'b', 'A', 'B'] as const satisfies readonly (keyof ToyParameters)[];

/** Rows and columns of each parameter; b is a row. */
export function parameterShapes(
  config: Pick<ToyConfig, 'features' | 'dimension' | 'headDimension'>,
): Record<keyof ToyParameters, readonly [number, number]> {
  const { features, dimension, headDimension } = config;
  return {
    W: [dimension, features],
    b: [1, features],
    A: [dimension, headDimension],
    B: [dimension, headDimension],
  };
}

/** All parameters zero: where gradients and moments start. */
export function zeroParameters(config: ToyConfig): ToyParameters {
  const shapes = parameterShapes(config);
  const zeros = (name: keyof ToyParameters) => new Float64Array(shapes[name][0] * shapes[name][1]);
  return { W: zeros('W'), b: zeros('b'), A: zeros('A'), B: zeros('B') };
}

export function copyParameters(parameters: ToyParameters): ToyParameters {
  const { W, b, A, B } = parameters;
  return { W: W.slice(), b: b.slice(), A: A.slice(), B: B.slice() };
}
