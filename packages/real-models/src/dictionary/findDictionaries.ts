import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { isHubId, parseHubReference } from '../hub/hubReference.ts';
import { naturalOrder } from '../hub/naturalOrder.ts';
import { refuseFolderRevision } from '../model/refuseFolderRevision.ts';
import { DICTIONARY_FILE, type Dictionary } from './dictionary.ts';
import { type HubDictionaryOptions, hubDictionaries } from './hubDictionaries.ts';

/**
 * Finds dictionaries: a safetensors file, all `sae_weights.safetensors` in a folder and those below it, or all of a
 * repository on the hub, `ID` or `ID@REVISION`. In the order of their names; nothing large is read or fetched.
 *
 * @throws SvfError `no-dictionary` for a path where nothing is, or a place without any; `unknown-revision` for a folder
 *   with one; `unknown-model`, `no-network` and the others of `resolveRevision` for the hub
 */
export async function findDictionaries(
  reference: string,
  options: HubDictionaryOptions = {},
): Promise<readonly Dictionary[]> {
  const entry = reference === '' ? undefined : await stat(reference).catch(() => undefined);
  if (entry?.isFile()) {
    const path = resolve(reference);
    return [{ name: basename(path), file: async () => path }];
  }
  if (entry === undefined) await refuseFolderRevision(reference);
  if (entry === undefined && !isHubId(reference.split('@')[0] ?? '')) {
    throw noDictionary(reference, 'nothing there');
  }
  const found =
    entry === undefined
      ? await hubDictionaries(parseHubReference(reference), options)
      : await folderDictionaries(resolve(reference));
  if (found.length === 0) throw noDictionary(reference, `no ${DICTIONARY_FILE}`);
  return [...found].sort((a, b) => naturalOrder(a.name, b.name));
}

async function folderDictionaries(folder: string): Promise<readonly Dictionary[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter(({ name }) => name === DICTIONARY_FILE)
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const inside = dirname(relative(folder, path)).split(sep).join('/');
      return { name: inside === '.' ? basename(folder) : inside, file: async () => path };
    });
}

function noDictionary(reference: string, received: string): SvfError {
  return new SvfError(`There is no dictionary at '${reference}'.`, {
    code: 'no-dictionary',
    path: [reference],
    expected: `a safetensors file, or a folder or a repository of the hub with ${DICTIONARY_FILE}`,
    received,
    remedy:
      'Name the file of an autoencoder, a folder of them, or an ID such as jbloom/GPT2-Small-SAEs-Reformatted.',
  });
}
