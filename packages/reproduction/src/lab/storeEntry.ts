import { createHash } from 'node:crypto';
import type * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '@svf-alignment/core/safetensors';
import { canonicalJson } from './canonicalJson.ts';
import { canonicalResult } from './canonicalResult.ts';
import type { Result } from './result.ts';
import { systemCode } from './storeFault.ts';

/** The calls of `node:fs/promises` that a store makes. */
export type StoreFiles = Pick<
  typeof promises,
  'mkdir' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat' | 'writeFile'
>;

const VALUES = 'result.json';
const TENSORS = 'tensors.safetensors';
const SEAL = 'entry.json';
const FORMAT = 1;

/** Writes a result as `result.json` and `tensors.safetensors`, and `entry.json` with the sha256 of both. */
export async function writeEntry(files: StoreFiles, folder: string, result: Result): Promise<void> {
  const { values, tensors } = canonicalResult(result);
  const text = Buffer.from(canonicalJson(values), 'utf8');
  const arrays = encodeSafetensors(tensors);
  const seal = { format: FORMAT, sha256: { [VALUES]: sha256(text), [TENSORS]: sha256(arrays) } };
  await files.mkdir(folder, { recursive: true });
  // Flushed, for after a power cut a renamed folder may otherwise hold empty files.
  await files.writeFile(join(folder, VALUES), text, { flush: true });
  await files.writeFile(join(folder, TENSORS), arrays, { flush: true });
  await files.writeFile(join(folder, SEAL), canonicalJson(seal), { flush: true });
}

/** What {@link readEntry} finds: a result, nothing, or an entry that is not as it was written, and why. */
export type EntryReading =
  | { readonly state: 'whole'; readonly result: Result }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly reason: string };

/** Reads an entry and compares both files with their sha256; rejects only with errors of the operating system. */
export async function readEntry(files: StoreFiles, folder: string): Promise<EntryReading> {
  const seal = await readIfThere(files, join(folder, SEAL));
  const text = await readIfThere(files, join(folder, VALUES));
  const arrays = await readIfThere(files, join(folder, TENSORS));
  if (seal === undefined && text === undefined && arrays === undefined) return { state: 'absent' };
  if (seal === undefined || text === undefined || arrays === undefined) {
    return { state: 'damaged', reason: 'a file of it is missing' };
  }
  try {
    const { format, sha256: expected } = JSON.parse(seal.toString('utf8'));
    if (format !== FORMAT) return { state: 'damaged', reason: `its format is ${format}, not ${FORMAT}` };
    if (expected[VALUES] !== sha256(text)) return { state: 'damaged', reason: `${VALUES} has changed` };
    if (expected[TENSORS] !== sha256(arrays)) return { state: 'damaged', reason: `${TENSORS} has changed` };
    const tensors = Object.fromEntries(decodeSafetensors(arrays).tensors);
    return {
      state: 'whole',
      result: canonicalResult({ values: JSON.parse(text.toString('utf8')), tensors }),
    };
  } catch (error) {
    return { state: 'damaged', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function readIfThere(files: StoreFiles, path: string): Promise<Buffer | undefined> {
  try {
    return await files.readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
