/// <reference path="./writeFileAtomic.d.ts" />
import writeFileAtomic from 'write-file-atomic';

/** Writes a file so that it is never seen half-written: under a temporary name, flushed, then renamed. */
export function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  return writeFileAtomic(path, data);
}
