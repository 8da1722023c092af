import { encodeSafetensors } from '@svf-alignment/core/safetensors';
import type { ToyConfig } from '../config/toyConfig.ts';
import type { ToyParameters } from '../model/toyParameters.ts';
import { parameterTensors } from './checkpointTensors.ts';

/**
 * The model as the bytes of a safetensors file: W [D, N], b [N], A [D, H], B [D, H], float64, with the
 * configuration as JSON under `config` in its metadata. Python reads it with `safetensors.numpy.load_file`.
 */
export function encodeModel(config: ToyConfig, parameters: ToyParameters): Uint8Array {
  return encodeSafetensors(parameterTensors(config, parameters), { config: JSON.stringify(config) });
}
