import type { ToyConfig } from '../config/toyConfig.ts';
import type { TrainingState } from '../engines/trainingEngine.ts';
import { initialParameters } from '../model/initialParameters.ts';
import { type ToyParameters, zeroParameters } from '../model/toyParameters.ts';
import { initialSamplerState } from '../sampling/tokenSampler.ts';

/** The state before the first step. `parameters` replaces some of the random start, e.g. a frozen dictionary W. */
export function initialState(config: ToyConfig, parameters: Partial<ToyParameters> = {}): TrainingState {
  return {
    step: 0,
    parameters: { ...initialParameters(config), ...parameters },
    firstMoment: zeroParameters(config),
    secondMoment: zeroParameters(config),
    sampler: initialSamplerState(config.seed),
  };
}
