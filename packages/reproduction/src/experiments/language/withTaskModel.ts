import type { TaskContext } from '../../lab/experiment.ts';
import { type LanguageTask, modelReference } from './languageTask.ts';
import { type LanguageModel, openLanguageModel } from './openLanguageModel.ts';
import { taskFactorCache } from './taskFactorCache.ts';

/** What share of a task's time is over when the weights are there. */
const FETCHED = 0.5;

/** Opens the model of a task, and closes it again whatever comes of it. */
export async function withTaskModel<Value>(
  task: Pick<LanguageTask, 'model' | 'revision' | 'settings'>,
  { signal, onProgress, cacheFolder }: Pick<TaskContext, 'signal' | 'onProgress' | 'cacheFolder'>,
  use: (opened: LanguageModel, onProgress: (fraction: number) => void) => Promise<Value>,
): Promise<Value> {
  const { precision, provider, threads = 1, offline } = task.settings ?? {};
  const cache = cacheFolder === undefined ? undefined : await taskFactorCache(cacheFolder);
  const opened = await openLanguageModel(modelReference(task), {
    // One model per worker: threads of a single run would only take cores from the other workers.
    threads,
    signal,
    onProgress: ({ bytes, totalBytes }) => onProgress((FETCHED * bytes) / Math.max(1, totalBytes)),
    ...(cache && { cache }),
    ...(precision && { precision }),
    ...(provider && { provider }),
    ...(offline && { hub: { offline } }),
  });
  try {
    return await use(opened, (fraction) => onProgress(FETCHED + (1 - FETCHED) * fraction));
  } finally {
    await opened.close();
  }
}
