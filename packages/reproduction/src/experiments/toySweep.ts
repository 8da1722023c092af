import { SvfError } from '@svf-alignment/core';
import {
  type AlignmentSummary,
  type Losses,
  parseToyConfig,
  type ToyConfigInput,
  toyConfigSchema,
} from '@svf-alignment/toy';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Json, JsonObject } from '../lab/result.ts';
import type { ToyTask } from './toy/toyTask.ts';
import { trainedModel } from './toy/trainedModel.ts';
import { trainToy } from './toy/trainToy.ts';

/** One training of a sweep: the settings that differ, and the whole configuration. */
export type SweepTask = ToyTask & { readonly setting: JsonObject };

/** What a sweep says of one training. */
export interface SweepRow {
  readonly setting: JsonObject;
  readonly seed: number;
  /** Null without target pairs, as in `AlignmentSummary`. */
  readonly alignmentMean: number | null;
  readonly alignmentMeanMax: number | null;
  readonly alignmentMeanMatched: number | null;
  readonly singularValues: readonly number[];
  readonly losses: Losses;
}

/** Trainings of a user's own grid; `sweepExperiment` gives it tasks. */
export const toySweep: Experiment<SweepTask> = {
  id: 'toy-sweep',
  title: 'A grid of toy trainings',
  summary: 'Every combination of the settings given, with several seeds.',
  figures: [],
  version: 1,
  needsNetwork: false,
  minutes: { quick: 1, paper: 1 },
  tasks: () => [],
  run: async (task, context) => trainedModel(await trainToy(task, context)),
  claims: () => [],
  draw: () => [],
};

/**
 * The sweep of a grid: every combination of values, in the order given, each with seeds seed, seed + 1, ….
 *
 * @param base what all trainings share
 * @param grid values by key of the toy configuration
 * @throws SvfError `bad-setting` for a key that does not exist or has no values, `bad-config` for a bad combination
 */
export function sweepExperiment(
  base: ToyConfigInput,
  grid: Readonly<Record<string, readonly Json[]>>,
  seeds: number,
): Experiment<SweepTask> {
  for (const [key, values] of Object.entries(grid)) {
    if (Object.hasOwn(toyConfigSchema.shape, key) && key !== 'seed' && values.length > 0) continue;
    throw new SvfError(`\`${key}\` cannot be swept.`, {
      code: 'bad-setting',
      path: [key],
      expected: `values for one of ${Object.keys(toyConfigSchema.shape).join(', ')}`,
      received: `${values.length} values`,
      remedy: `Write it as key=value,value,… with one of these keys: ${Object.keys(toyConfigSchema.shape).join(', ')}; seeds have an option of their own.`,
    });
  }
  const settings = Object.entries(grid).reduce<JsonObject[]>(
    (rows, [key, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [key]: value }))),
    [{}],
  );
  const tasks = settings.flatMap((setting) =>
    Array.from({ length: seeds }, (_, i) => {
      const toy = parseToyConfig({ ...base, ...setting, seed: (base.seed ?? 0) + i });
      return {
        name: Object.entries(setting)
          .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
          .join(' '),
        setting,
        toy,
      };
    }),
  );
  return { ...toySweep, tasks: () => tasks };
}

export function sweepRows(outcomes: readonly Outcome<SweepTask>[]): SweepRow[] {
  return outcomes.map(({ config, result }) => {
    const alignment = result.values.alignment as unknown as AlignmentSummary;
    return {
      setting: config.setting,
      seed: config.toy.seed,
      alignmentMean: alignment.mean,
      alignmentMeanMax: alignment.meanMax,
      alignmentMeanMatched: alignment.meanMatched,
      singularValues: result.values.singularValues as readonly number[],
      losses: result.values.losses as unknown as Losses,
    };
  });
}
