import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { bundledModels } from '@svf-alignment/models';
import { expandRevisions, listRevisions, parseModelReference } from '@svf-alignment/real-models';
import type { CheckpointSource } from '@svf-alignment/reproduction';

/** Options that say which checkpoints are meant. */
export interface CheckpointSourceOptions {
  readonly model?: string;
  readonly revisions?: string;
  readonly dir?: string;
  readonly offline?: boolean;
}

/**
 * The checkpoints that the options name: revisions of a model, or the subfolders of a folder.
 *
 * @throws SvfError `bad-option`, `bad-folder`, and those of `expandRevisions` and `listRevisions`
 */
export async function checkpointSource(
  options: CheckpointSourceOptions,
  signal: AbortSignal,
): Promise<CheckpointSource> {
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

function badOption(name: string, message: string, remedy: string): SvfError {
  return new SvfError(message, { code: 'bad-option', path: [name], remedy });
}
