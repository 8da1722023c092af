import { sweepExperiment, sweepInFolder, threadTaskPool, workerEntry } from '@svf-alignment/reproduction';
import { interruptible } from '../interruption.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import { readGrid } from '../options/readGrid.ts';
import { readToyConfig } from '../options/readToyConfig.ts';
import type { ToyOptions } from '../options/toyOptions.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';

export interface ToySweepOptions extends OutputOptions, ToyOptions {
  readonly seeds: number;
  readonly workers?: number;
  readonly out: string;
}

/** `svf toy sweep`. */
export async function sweepToy(texts: readonly string[], options: ToySweepOptions): Promise<void> {
  const { out: folder, seeds, workers } = options;
  const grid = readGrid(texts);
  const sweep = sweepExperiment(await readToyConfig(options), grid, seeds);
  const pool = threadTaskPool({ entry: workerEntry, ...(workers !== undefined && { workers }) });
  const progress = new Progress(options, 'sweep');
  try {
    const rows = await interruptible(
      () => `Finished trainings are kept in ${folder}; the same command goes on from here.`,
      (signal) =>
        sweepInFolder(sweep, {
          folder,
          pool,
          signal,
          onEvent: ({ overall }) => progress.update(overall.fraction, 'sweep', overall.secondsRemaining),
          onWarning: (message) => progress.aside(() => warn(options, message)),
        }),
    );
    progress.stop();
    const keys = Object.keys(grid);
    printResult(options, {
      json: () => ({ rows }),
      csv: () =>
        rows.map(({ setting, singularValues, losses, ...row }) => ({
          ...Object.fromEntries(keys.map((key) => [key, plain(setting[key])])),
          ...row,
          lossTotal: losses.total,
          lossReconstruction: losses.reconstruction,
          lossAttention: losses.attention,
          lossKlDivergence: losses.klDivergence,
          singularValues: singularValues.join(' '),
        })),
      text: () =>
        table(
          [...keys, 'seed', 'mean |cos|', 'best column', 'one-to-one'].map((name) => ({ name })),
          rows.map(({ setting, seed, alignmentMean, alignmentMeanMax, alignmentMeanMatched }) => [
            ...keys.map((key) => plain(setting[key])),
            seed,
            ...[alignmentMean, alignmentMeanMax, alignmentMeanMatched].map(
              (mean) => mean?.toFixed(6) ?? null,
            ),
          ]),
        ),
    });
  } finally {
    progress.stop();
    await pool.close();
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
