import { canonicalResult } from './canonicalResult.ts';
import type { Result } from './result.ts';
import type { Store } from './store.ts';

/** A store that lasts as long as the process: for tests, and for runs that shall leave nothing behind. */
export function memoryStore(): Store {
  const results = new Map<string, Result>();
  const checkpoints = new Map<string, Result>();
  const copy = (result: Result | undefined) => (result === undefined ? undefined : canonicalResult(result));
  return {
    read: async (key) => copy(results.get(key)),
    write: async (key, result) => {
      if (!results.has(key)) results.set(key, canonicalResult(result));
    },
    readCheckpoint: async (key) => copy(checkpoints.get(key)),
    writeCheckpoint: async (key, state) => {
      checkpoints.set(key, canonicalResult(state));
    },
    removeCheckpoint: async (key) => {
      checkpoints.delete(key);
    },
  };
}
