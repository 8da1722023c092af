import type { TensorEntry } from './parseHeader.ts';
import { quoted, refusal } from './refusal.ts';

/**
 * Refuses tensors that do not tile the data section, [dataOffset, fileSize): one after the other, without overlap,
 * hole or rest. A hole or a rest could carry a second file unseen; an overlap makes a small file decode to more
 * memory than it holds.
 *
 * @param entries sorted by offset, then by length
 */
export function checkLayout(entries: readonly TensorEntry[], dataOffset: number, fileSize: number): void {
  let end = dataOffset;
  for (const entry of entries) {
    const path = [entry.name, 'data_offsets'];
    const where = {
      path,
      expected: `begin at ${end - dataOffset}`,
      received: `begin at ${entry.byteOffset - dataOffset}`,
    };
    const tensor = `The tensor ${quoted(entry.name)}`;
    if (entry.byteOffset + entry.byteLength > fileSize)
      throw refusal('safetensors-offset-out-of-range', `${tensor} reaches beyond the end of the file.`, {
        path,
        expected: `an end of at most ${fileSize - dataOffset}`,
        received: `an end of ${entry.byteOffset + entry.byteLength - dataOffset}`,
        remedy: 'Fetch the file again: it was cut short.',
      });
    if (entry.byteOffset < end)
      throw refusal('safetensors-overlap', `${tensor} overlaps the one before it.`, where);
    if (entry.byteOffset > end)
      throw refusal(
        'safetensors-hole',
        `There are bytes before ${tensor.slice(4)} that belong to none.`,
        where,
      );
    end += entry.byteLength;
  }
  if (end !== fileSize)
    throw refusal('safetensors-trailing-bytes', 'There are bytes after the last tensor.', {
      expected: `a file of ${end} bytes`,
      received: `${fileSize} bytes`,
    });
}
