import type { ToyConfig } from '../../config/toyConfig.ts';
import type { TrainingEngine, TrainingState } from '../trainingEngine.ts';
import { loadBackend } from './loadBackend.ts';
import type { TfjsBackend } from './tfjsBackends.ts';
import { TfjsSession } from './tfjsSession.ts';

/**
 * The engine on TensorFlow.js: the loss written once, differentiated automatically, in float32 on any of its
 * backends. `open` throws SvfError `backend-unavailable`, with the command that mends it, where the backend's
 * package, native part or driver is missing.
 */
export function tfjsEngine(backend: TfjsBackend): TrainingEngine {
  return {
    name: `tfjs:${backend}`,
    open: async (config: ToyConfig, state: TrainingState) =>
      new TfjsSession(await loadBackend(backend), config, state),
  };
}
