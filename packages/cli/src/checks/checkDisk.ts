import { mkdtemp, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Check, fails, works } from './check.ts';
import { reason } from './reason.ts';

/** More than a reproduction with the paper's profile writes. */
const ENOUGH = 500 * 2 ** 20;

/** Whether results can be written to a folder that may not exist yet, and whether there is room. */
export async function checkDisk(folder: string): Promise<Check[]> {
  const wanted = resolve(folder);
  const existing = await nearest(wanted);
  return [await checkWriting(wanted, existing), await checkSpace(existing)];
}

async function checkWriting(wanted: string, existing: string): Promise<Check> {
  try {
    const probe = await mkdtemp(join(existing, '.svf-doctor-'));
    try {
      await writeFile(join(probe, 'probe'), 'probe');
    } finally {
      await rm(probe, { recursive: true });
    }
    return works('store', `${wanted} can be written`);
  } catch (error) {
    return fails(
      'store',
      `${wanted} cannot be written: ${reason(error)}`,
      'Name a folder of yours with --out.',
    );
  }
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

/** The path itself, or the nearest of its parents that is there. */
async function nearest(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearest(dirname(path));
}
