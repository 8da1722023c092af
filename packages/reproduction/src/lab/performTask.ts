import { setImmediate } from 'node:timers/promises';
import { SvfError } from '@svf-alignment/core';
import { canonicalResult } from './canonicalResult.ts';
import type { Experiment } from './experiment.ts';
import type { Result } from './result.ts';
import type { TaskPace, TaskRequest } from './taskPool.ts';

/** How a task that is being performed is connected to whoever asked for it. */
export interface TaskLine {
  readonly signal: AbortSignal;
  readonly checkpoint: Result | undefined;
  readonly pace: TaskPace;
  readonly cacheFolder?: string | undefined;
  /** Called before every report of progress, so that a task that never awaits still learns of an abort. */
  readonly poll: () => void;
  readonly sendProgress: (fraction: number) => void;
  readonly sendCheckpoint: (state: Result) => Promise<void>;
}

/**
 * Runs one task of the experiment of that id, here and now.
 *
 * @throws SvfError `unknown-experiment`, those of {@link canonicalResult}, and whatever the experiment throws
 */
export async function performTask(
  experiments: readonly Experiment[],
  { experiment: id, config }: TaskRequest,
  line: TaskLine,
): Promise<Result> {
  const experiment = experiments.find((candidate) => candidate.id === id);
  if (experiment === undefined) {
    throw new SvfError(`There is no experiment ${id}.`, {
      code: 'unknown-experiment',
      expected: `one of ${experiments.map((known) => known.id).join(', ')}`,
      received: id,
    });
  }
  line.signal.throwIfAborted();
  const report = throttle(line.pace.reportEvery);
  const keep = throttle(line.pace.keepEvery);
  const pause = throttle(line.pace.reportEvery);
  const result = await experiment.run(config, {
    signal: line.signal,
    checkpoint: line.checkpoint,
    cacheFolder: line.cacheFolder,
    onProgress: (fraction) => {
      if (!report()) return;
      line.poll();
      line.sendProgress(Math.min(1, Math.max(0, fraction)));
    },
    keep: async (state) => {
      if (pause()) await setImmediate(); // an abort is heard only between two turns of the event loop
      // The last state before a stop is kept whenever it comes: it saves that work.
      if (!keep() && !line.signal.aborted) return;
      await line.sendCheckpoint(canonicalResult(typeof state === 'function' ? state() : state));
    },
  });
  return canonicalResult(result);
}

/** True at most once every `interval` milliseconds, the first time one interval from now. */
function throttle(interval: number): () => boolean {
  let last = performance.now();
  return () => {
    const now = performance.now();
    if (now - last < interval) return false;
    last = now;
    return true;
  };
}
