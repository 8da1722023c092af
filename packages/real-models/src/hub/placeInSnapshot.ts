import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { isSwitchedOn } from './isSwitchedOn.ts';
import { makeFolder } from './makeFolder.ts';

/**
 * Gives a blob its name in a snapshot: by a relative link, or, where links are not to be had (or `HF_HUB_DISABLE_SYMLINKS`
 * is set), by moving a blob that is new and copying one that other snapshots may use. It is there whole or not at all.
 */
export async function placeInSnapshot(blob: string, pointer: string, isNew: boolean): Promise<void> {
  await makeFolder(dirname(pointer));
  const aside = `${pointer}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    if (!(await linked(blob, aside, pointer))) {
      if (isNew) return await rename(blob, pointer);
      await copyFile(blob, aside);
    }
    await rename(aside, pointer);
  } finally {
    await rm(aside, { force: true });
  }
}

async function linked(blob: string, aside: string, pointer: string): Promise<boolean> {
  if (isSwitchedOn(process.env.HF_HUB_DISABLE_SYMLINKS)) return false;
  try {
    await symlink(relative(dirname(pointer), blob), aside);
    return true;
  } catch (error) {
    const codes = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return false;
    throw error;
  }
}
