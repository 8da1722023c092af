import { randomStream } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';
import { isotropicDictionary } from './isotropicDictionary.ts';
import { type ToyParameters, zeroParameters } from './toyParameters.ts';

/**
 * Where training starts: W, A and B Xavier-normal, b zero, rounded to float32 so that every engine starts from the
 * same numbers. With `freezeFeatures`, W is the isotropic dictionary of Appendix C.3.
 */
export function initialParameters(config: ToyConfig): ToyParameters {
  const parameters = zeroParameters(config);
  if (config.freezeFeatures) parameters.W.set(isotropicDictionary(config).map(Math.fround));
  else xavier(parameters.W, config, 'toy/W', config.features);
  xavier(parameters.A, config, 'toy/A', config.headDimension);
  xavier(parameters.B, config, 'toy/B', config.headDimension);
  return parameters;
}

/** Variance 2 / (rows + columns). */
function xavier(values: Float64Array, config: ToyConfig, name: string, columns: number): void {
  const random = randomStream(config.seed, name);
  const deviation = Math.sqrt(2 / (config.dimension + columns));
  for (let i = 0; i < values.length; i += 1) values[i] = Math.fround(deviation * random.normal());
}
