import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { type HubReference, isHubId, parseHubReference } from '../hub/hubReference.ts';
import { refuseFolderRevision } from './refuseFolderRevision.ts';

/** What a user means by the name of a model. */
export type ModelReference =
  | { readonly kind: 'folder'; readonly folder: string }
  /** Revision null: the one that its author has chosen. */
  | { readonly kind: 'bundled'; readonly name: string; readonly revision: string | null }
  | (HubReference & { readonly kind: 'hub' });

/**
 * Reads what stands behind `--model`: a folder that is there, else a bundled name, else an ID on the hub; names and IDs
 * with `@REVISION` behind them where one is wanted, which a folder cannot have. Whether the hub has it is not asked.
 *
 * @throws SvfError `bad-folder` for a path where there is no folder, `unknown-model`, `unknown-revision`
 */
export async function parseModelReference(
  text: string,
  bundledNames: readonly string[] = [],
): Promise<ModelReference> {
  // The empty path is this folder, which nobody means by it.
  const entry = text === '' ? undefined : await stat(text).catch(() => undefined);
  if (entry?.isDirectory()) return { kind: 'folder', folder: resolve(text) };
  if (entry !== undefined) throw badFile(text);
  const [name = '', revision = null] = text.split('@');
  if (bundledNames.includes(name)) return { kind: 'bundled', name, revision };
  await refuseFolderRevision(text);
  if (isPath(text)) throw badFolder(text);
  if (!isHubId(name)) throw unknownModel(text, bundledNames);
  return { kind: 'hub', ...parseHubReference(text) };
}

const FOLDER = 'a folder with config.json, tokenizer.json and model.safetensors';

/** Whether this can only be a path. */
function isPath(text: string): boolean {
  return /^[./~]|^[A-Za-z]:|\\|\/$|\/.*\//.test(text.split('@')[0] ?? '');
}

function badFolder(text: string): SvfError {
  return new SvfError(`There is no folder ${text}.`, {
    code: 'bad-folder',
    path: [text],
    expected: FOLDER,
    received: 'nothing there',
    remedy: 'Check the path; a relative one begins at the folder in which the command runs.',
  });
}

function badFile(text: string): SvfError {
  return new SvfError(`${text} is a file, not the folder of a model.`, {
    code: 'bad-folder',
    path: [text],
    expected: FOLDER,
    received: 'a file',
    remedy: /\.(?:safetensors|json|bin)$/.test(text)
      ? `Name the folder in which ${basename(text)} lies.`
      : `Name ${FOLDER}.`,
  });
}

function unknownModel(text: string, bundledNames: readonly string[]): SvfError {
  const bundled = bundledNames.length > 0 ? `, a bundled model (${bundledNames.join(', ')})` : '';
  const expected = `a folder${bundled} or an ID on the hub`;
  return new SvfError(`'${text}' is no model.`, {
    code: 'unknown-model',
    path: [text],
    expected,
    received: text,
    remedy: `Give ${expected}, such as gpt2 or EleutherAI/pythia-160m@step1000.`,
  });
}
