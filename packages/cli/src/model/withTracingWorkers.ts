import { type FolderTracesOptions, threadTaskPool, workerEntry } from '@svf-alignment/reproduction';
import { interruptible } from '../interruption.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { ModelOptions } from '../options/modelOptions.ts';
import { runSettings } from '../options/runSettings.ts';
import { Progress } from '../output/progress.ts';
import { warn } from '../output/warn.ts';
import { cacheFolder } from './cacheFolder.ts';

/** Options of a command that traces many prompts into a folder. */
export interface TracingOptions extends OutputOptions, ModelOptions, ForwardOptions {
  readonly bos: boolean;
  readonly workers?: number;
}

/** What such a command hands on: where to, by whom, how, and who wants to know of it. */
export type TracingRun = Pick<
  FolderTracesOptions,
  'model' | 'settings' | 'folder' | 'pool' | 'signal' | 'onEvent' | 'onWarning'
>;

/** Starts workers, does what the command does with them, and stops them, whatever happens. */
export async function withTracingWorkers<Found>(
  options: TracingOptions,
  folder: string,
  act: (run: TracingRun) => Promise<Found>,
): Promise<Found> {
  const { model, workers } = options;
  const pool = threadTaskPool({
    entry: workerEntry,
    cacheFolder: cacheFolder(),
    ...(workers !== undefined && { workers }),
  });
  const progress = new Progress(options, 'tracing');
  try {
    return await interruptible(
      () => `Finished prompts are kept in ${folder}; the same command goes on from here.`,
      (signal) =>
        act({
          model,
          settings: runSettings(options),
          folder,
          pool,
          signal,
          onEvent: ({ overall }) => progress.update(overall.fraction, 'tracing', overall.secondsRemaining),
          onWarning: (message) => progress.aside(() => warn(options, message)),
        }),
    );
  } finally {
    progress.stop();
    await pool.close();
  }
}
