import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { storeFault } from '../lab/storeFault.ts';

/**
 * Writes a file so that it is never seen half-written: under a temporary name, flushed, then renamed. If that fails,
 * nothing of it is left.
 *
 * @throws SvfError `store-write` where the disk is full, the folder cannot be written to, …
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, data, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw storeFault('write', path, error);
  }
}
