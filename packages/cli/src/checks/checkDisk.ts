import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Check, fails, works } from './check.ts';
import { reason } from './reason.ts';
import { nearestFolder, writingFault } from './writingFault.ts';

/** More than a reproduction with the paper's profile writes. */
const ENOUGH = 500 * 2 ** 20;

/** Whether results can be written to a folder that may not exist yet, and whether there is room. */
export async function checkDisk(folder: string): Promise<Check[]> {
  const wanted = resolve(folder);
  return [await checkWriting(wanted), await checkSpace(await nearestFolder(wanted))];
}

async function checkWriting(wanted: string): Promise<Check> {
  const fault = await writingFault(wanted);
  if (fault === null) return works('store', `${wanted} can be written`);
  return fails('store', `${wanted} cannot be written: ${fault}`, 'Name a folder of yours with --out.');
}

async function checkSpace(existing: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(existing);
    const free = bavail * bsize;
    const detail = `${(free / 2 ** 30).toFixed(1)} GiB free`;
    const remedy = `Free ${ENOUGH / 2 ** 20} MiB on that disk, or name a folder on another one with --out.`;
    return free >= ENOUGH ? works('disk', detail) : fails('disk', detail, remedy);
  } catch (error) {
    return fails(
      'disk',
      `free space is not known: ${reason(error)}`,
      'Name a folder that exists with --out.',
    );
  }
}
