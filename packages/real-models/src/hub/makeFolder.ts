import * as promises from 'node:fs/promises';
import { dirname } from 'node:path';

/** The calls of `node:fs/promises` that make a folder. */
export type FolderFiles = Pick<typeof promises, 'mkdir' | 'stat'>;

/**
 * Makes a folder and those above it that are not there; nothing where it is there.
 *
 * Node's own recursive `mkdir` goes on for ever where a folder that is there says `ENOENT` to a new one in it, as `/proc`
 * does, and blocks the end of the process. Here every folder is tried twice at most.
 *
 * @throws what the operating system says, `EEXIST` where the path is a file
 */
export async function makeFolder(path: string, files: FolderFiles = promises): Promise<void> {
  const refused = await refusal(path, files);
  if (refused === undefined) return;
  const parent = dirname(path);
  if (codeOf(refused) !== 'ENOENT' || parent === path) throw refused;
  await makeFolder(parent, files);
  const again = await refusal(path, files);
  if (again !== undefined) throw again;
}

/** Why the folder alone cannot be made; undefined if it is there. */
async function refusal(path: string, files: FolderFiles): Promise<unknown> {
  try {
    await files.mkdir(path);
    return undefined;
  } catch (error) {
    return (await isFolder(path, files)) ? undefined : error;
  }
}

async function isFolder(path: string, files: FolderFiles): Promise<boolean> {
  return files.stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
