import { refusal } from './refusal.ts';

/** Bytes of the length field before the header. */
export const LENGTH_FIELD_BYTES = 8;

/** Longest header that is read or written; the limit of the format's reference implementation. */
export const MAX_HEADER_BYTES = 100_000_000;

/** Refuses a file size that is no integer in [0, 2⁵³). */
export function checkFileSize(fileSize: number): void {
  if (!Number.isSafeInteger(fileSize) || fileSize < 0)
    throw refusal('safetensors-file-size', 'The size of the file is not a number of bytes.', {
      expected: 'an integer from 0 to 2^53 - 1',
      received: String(fileSize),
    });
}

/** Refuses a header of `length` bytes that is too long or reaches beyond the file's end. */
export function checkHeaderLength(length: bigint, fileSize: number): void {
  if (length > BigInt(MAX_HEADER_BYTES))
    throw refusal('safetensors-header-too-long', `The header claims to be ${length} bytes long.`, {
      expected: `at most ${MAX_HEADER_BYTES} bytes`,
      received: `${length} bytes`,
      remedy: 'Check that this is a safetensors file; its first eight bytes are the length of its header.',
    });
  if (length + BigInt(LENGTH_FIELD_BYTES) > BigInt(fileSize))
    throw refusal('safetensors-header-beyond-file', 'The header reaches beyond the end of the file.', {
      expected: `at most ${fileSize - LENGTH_FIELD_BYTES} bytes`,
      received: `${length} bytes`,
      remedy: 'Fetch the file again: it was cut short, or it is not a safetensors file.',
    });
}

/**
 * Length in bytes of the header that follows the first eight bytes of a file: the first step of reading by ranges.
 * It is checked, so a buffer of that length can be allocated.
 *
 * @param start the file's first eight bytes, or more of it
 * @param fileSize size of the whole file in bytes
 * @returns integer in [0, 100,000,000], at most fileSize − 8
 * @throws SvfError `safetensors-file-size`, `safetensors-truncated`, `safetensors-header-too-long`,
 *   `safetensors-header-beyond-file`
 */
export function readHeaderLength(start: Uint8Array, fileSize: number): number {
  checkFileSize(fileSize);
  const available = Math.min(start.length, fileSize);
  if (available < LENGTH_FIELD_BYTES)
    throw refusal('safetensors-truncated', 'The file ends within its first eight bytes.', {
      expected: `at least ${LENGTH_FIELD_BYTES} bytes`,
      received: `${available} bytes`,
      remedy: 'Fetch the file again: it was cut short, or it is not a safetensors file.',
    });
  const length = new DataView(start.buffer, start.byteOffset, LENGTH_FIELD_BYTES).getBigUint64(0, true);
  checkHeaderLength(length, fileSize);
  return Number(length);
}
