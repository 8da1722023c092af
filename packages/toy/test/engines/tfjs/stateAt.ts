import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import type { TrainingState } from '../../../src/engines/trainingEngine.ts';
import { type ToyParameters, zeroParameters } from '../../../src/model/toyParameters.ts';
import { initialSamplerState } from '../../../src/sampling/tokenSampler.ts';

/** The state before the first step, at given parameters. */
export function stateAt(config: ToyConfig, parameters: ToyParameters): TrainingState {
  return {
    step: 0,
    parameters,
    firstMoment: zeroParameters(config),
    secondMoment: zeroParameters(config),
    sampler: initialSamplerState(config.seed),
  };
}
