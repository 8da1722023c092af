import type { Experiment } from './experiment.ts';
import { performTask } from './performTask.ts';
import { Slots } from './slots.ts';
import { DEFAULT_PACE, type TaskPace, type TaskPool } from './taskPool.ts';

/** Runs tasks one after the other in this thread: for debugging, and where threads are not to be had. */
export function inlineTaskPool(experiments: readonly Experiment[], pace: TaskPace = DEFAULT_PACE): TaskPool {
  const slots = new Slots(1);
  return {
    size: 1,
    run: (request, { signal, begin, onProgress, onCheckpoint }) =>
      slots.use(signal, async () =>
        performTask(experiments, structuredClone(request), {
          signal,
          checkpoint: await begin(),
          pace,
          poll: () => {},
          sendProgress: onProgress,
          sendCheckpoint: onCheckpoint,
        }),
      ),
    close: async () => {},
  };
}
