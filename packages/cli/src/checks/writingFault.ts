import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reason } from './reason.ts';

/** Why a folder that may not exist yet cannot be written to; null if it can. Nothing is left there. */
export async function writingFault(folder: string): Promise<string | null> {
  try {
    const probe = await mkdtemp(join(await nearestFolder(folder), '.svf-doctor-'));
    try {
      await writeFile(join(probe, 'probe'), 'probe');
    } finally {
      await rm(probe, { recursive: true });
    }
    return null;
  } catch (error) {
    return reason(error);
  }
}

/** The path itself, or the nearest of its parents that is there. */
export async function nearestFolder(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearestFolder(dirname(path));
}
