import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import type { TrainingState } from '../../../src/engines/trainingEngine.ts';
import { initialState } from '../../../src/training/initialState.ts';

/**
 * A state to start from: W random even where the config freezes it, as few shapes have an isotropic dictionary, and
 * b away from 0, so that its part in the gradients shows.
 */
export function startingState(config: ToyConfig): TrainingState {
  const state = initialState({ ...config, freezeFeatures: false });
  state.parameters.b.set(state.parameters.b.map((_, i) => Math.fround(0.1 * ((i % 5) - 2))));
  return state;
}
