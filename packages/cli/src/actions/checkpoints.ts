import { readPromptFile } from '@svf-alignment/real-models';
import {
  checkpointsInFolder,
  type CheckpointsOptions as Measured,
  threadTaskPool,
  workerEntry,
} from '@svf-alignment/reproduction';
import { interruptible } from '../interruption.ts';
import { type CheckpointSourceOptions, checkpointSource } from '../model/checkpointSource.ts';
import { readPairs } from '../model/readPairs.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { PromptOptions } from '../options/promptOptions.ts';
import { runSettings } from '../options/runSettings.ts';
import { checkpointsText } from '../output/checkpointsText.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { warn } from '../output/warn.ts';

export interface CheckpointsOptions
  extends OutputOptions,
    Omit<PromptOptions, 'prompt'>,
    ForwardOptions,
    CheckpointSourceOptions {
  readonly pairs?: string;
  readonly controlSeeds: number;
  readonly out?: string;
  readonly workers?: number;
}

/** Prompts of a revision where --count says nothing: enough for means that do not jump. */
const COUNT = 16;

/** `svf checkpoints`. */
export async function followTraining(options: CheckpointsOptions): Promise<void> {
  const { workers, out: folder, seed = 0, controlSeeds } = options;
  const progress = new Progress(options, 'measuring revisions');
  const pool = threadTaskPool({ entry: workerEntry, ...(workers !== undefined && { workers }) });
  try {
    const result = await interruptible(
      () =>
        folder === undefined
          ? 'Nothing was kept; with --out the same command would go on where it stopped.'
          : `Finished revisions are kept in ${folder}; the same command goes on from here.`,
      async (signal) =>
        checkpointsInFolder({
          checkpoints: await checkpointSource(options, signal),
          prompts: await promptSource(options),
          ...(options.pairs !== undefined && { pairs: await readPairs(options.pairs) }),
          controlSeeds,
          seed,
          settings: runSettings(options),
          ...(folder !== undefined && { folder }),
          pool,
          signal,
          onEvent: ({ overall }) =>
            progress.update(overall.fraction, 'measuring revisions', overall.secondsRemaining),
          onWarning: (message) => progress.aside(() => warn(options, message)),
        }),
    );
    progress.stop();
    for (const [first, later] of result.duplicates) {
      warn(options, `${later} has the same weights as ${first}.`);
    }
    const { rows, duplicates } = result;
    printResult(options, {
      json: () => ({ rows, duplicates }),
      csv: () => rows,
      text: () => checkpointsText(result),
    });
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function promptSource({ prompts, generate, count }: CheckpointsOptions): Promise<Measured['prompts']> {
  if (prompts !== undefined) return { texts: (await readPromptFile(prompts)).map(({ text }) => text) };
  return { generate: generate ?? 'ioi', count: count ?? COUNT };
}
