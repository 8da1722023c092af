import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { bundledModels } from '@svf-alignment/models';
import {
  expandRevisions,
  listRevisions,
  parseModelReference,
  readPromptFile,
} from '@svf-alignment/real-models';
import {
  type CheckpointSad,
  type CheckpointSource,
  checkpointsInFolder,
  type CheckpointsOptions as Measured,
  threadTaskPool,
  workerEntry,
} from '@svf-alignment/reproduction';
import { interruptible } from '../interruption.ts';
import { readPairs } from '../model/readPairs.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { ModelOptions } from '../options/modelOptions.ts';
import type { PromptOptions } from '../options/promptOptions.ts';
import { runSettings } from '../options/runSettings.ts';
import { printResult } from '../output/printResult.ts';
import { Progress } from '../output/progress.ts';
import { table } from '../output/table.ts';
import { warn } from '../output/warn.ts';

export interface CheckpointsOptions
  extends OutputOptions,
    Omit<PromptOptions, 'prompt'>,
    ForwardOptions,
    Partial<ModelOptions> {
  readonly revisions?: string;
  readonly dir?: string;
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
    print(options, result);
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** @throws SvfError `bad-option`, `bad-folder`, and those of `expandRevisions` and `listRevisions` */
async function checkpointSource(options: CheckpointsOptions, signal: AbortSignal): Promise<CheckpointSource> {
  const { model, revisions, dir, offline } = options;
  if (dir !== undefined) return { folders: await subfolders(dir) };
  if (model === undefined) {
    throw badOption(
      'model',
      'There is no model.',
      'Add --model MODEL, or --dir FOLDER with a checkpoint in each subfolder.',
    );
  }
  const reference = await parseModelReference(model, Object.keys(bundledModels));
  if (reference.kind === 'folder') {
    throw badOption(
      'model',
      '--model names a folder, which is one checkpoint.',
      'Give the folder above it with --dir.',
    );
  }
  const at = model.indexOf('@');
  if (at >= 0) {
    throw badOption(
      'model',
      '--model names a revision, and --revisions is for that.',
      `Write --model ${model.slice(0, at)} --revisions ${model.slice(at + 1)}.`,
    );
  }
  if (reference.kind === 'bundled') {
    const known = Object.entries(bundledModels).find(([name]) => name === reference.name)?.[1];
    const names = known?.revisions.map(({ name }) => name) ?? [];
    return {
      model: reference.name,
      revisions: revisions === undefined ? names : expandRevisions(revisions, names),
    };
  }
  if (revisions === undefined) {
    throw badOption(
      'revisions',
      'There are no revisions.',
      'Add --revisions, e.g. step0,step1000..step143000:1000.',
    );
  }
  const available = offline ? undefined : await listRevisions(reference.id, { signal });
  return { model: reference.id, revisions: expandRevisions(revisions, available) };
}

async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new SvfError(`${folder} is no folder that can be read.`, {
      code: 'bad-folder',
      path: [folder],
      expected: 'a folder with a checkpoint in each subfolder',
      remedy: 'Check the path given with --dir.',
      cause,
    });
  });
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .map((name) => join(folder, name));
}

async function promptSource({ prompts, generate, count }: CheckpointsOptions): Promise<Measured['prompts']> {
  if (prompts !== undefined) return { texts: (await readPromptFile(prompts)).map(({ text }) => text) };
  return { generate: generate ?? 'ioi', count: count ?? COUNT };
}

function print(options: CheckpointsOptions, { rows, duplicates }: CheckpointSad): void {
  const fixed = (value: number | null, digits = 3) => (value === null ? null : value.toFixed(digits));
  printResult(options, {
    json: () => ({ rows, duplicates }),
    csv: () => rows,
    text: () =>
      [
        table(
          [
            { name: 'revision', align: 'left' },
            { name: 'a' },
            { name: 'rotated' },
            { name: 'same Ω' },
            { name: 'n' },
            { name: 'a, firings' },
            { name: 'rotated' },
            { name: 'same Ω' },
            { name: 'n, firings' },
            { name: 'firings' },
          ],
          rows.map((row) => [
            row.revision,
            fixed(row.sparsity),
            fixed(row.sparsityRotated),
            fixed(row.sparsitySameOmega),
            fixed(row.reconstructionCount, 2),
            fixed(row.sparsityFirings),
            fixed(row.sparsityRotatedFirings),
            fixed(row.sparsitySameOmegaFirings),
            fixed(row.reconstructionCountFirings, 2),
            row.firings,
          ]),
        ),
        '',
        'a: sparsity of the terms of relative attention, lower is sparser, over all pairs of tokens and over firings',
        '(attention of at least min(1, 2.5 / (d + 1))); n: how many terms make up the relative attention.',
      ].join('\n'),
  });
}

function badOption(name: string, message: string, remedy: string): SvfError {
  return new SvfError(message, { code: 'bad-option', path: [name], remedy });
}
