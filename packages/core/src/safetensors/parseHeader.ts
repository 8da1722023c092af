import { checkLayout } from './checkLayout.ts';
import type { Dtype } from './dtype.ts';
import { HeaderScanner } from './HeaderScanner.ts';
import { parseTensorEntry } from './parseTensorEntry.ts';
import { checkFileSize, checkHeaderLength, LENGTH_FIELD_BYTES } from './readHeaderLength.ts';
import { quoted, refusal } from './refusal.ts';

/** Where one tensor lies in its file. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  /** Row-major dimensions; `[]` is a scalar, and a dimension may be 0. */
  readonly shape: readonly number[];
  /** From the start of the *file* (not of its data section); any integer, aligned to nothing. */
  readonly byteOffset: number;
  /** Product of `shape` times the size of an element. */
  readonly byteLength: number;
}

/** What a file says of its content. */
export interface SafetensorsHeader {
  /** The free text under `__metadata__`, without a prototype; empty if the file has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order of their bytes in the file. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Where the data section begins, from the start of the file. */
  readonly dataOffset: number;
}

/**
 * Reads and checks the header of a safetensors file. What it returns can be trusted: names are unique, every byte
 * of the data section belongs to exactly one tensor, lengths agree with shapes, and every offset lies in the file.
 * Stricter than the reference implementation in that fields of a tensor that the format does not name are refused,
 * as are more than 64 dimensions and the key `__proto__`.
 *
 * @param headerBytes the header alone: as many bytes as {@link readHeaderLength} said, from byte 8 on
 * @param fileSize size of the whole file in bytes
 * @throws SvfError with a code of {@link SAFETENSORS_ERROR_CODES} and the path of the fault in the header
 */
export function parseHeader(headerBytes: Uint8Array, fileSize: number): SafetensorsHeader {
  checkFileSize(fileSize);
  checkHeaderLength(BigInt(headerBytes.length), fileSize);
  const dataOffset = LENGTH_FIELD_BYTES + headerBytes.length;
  const scanner = new HeaderScanner(headerText(headerBytes));
  let metadata: Readonly<Record<string, string>> = Object.create(null);
  const entries: TensorEntry[] = [];
  scanner.object([], (name) => {
    if (name === '__metadata__') metadata = parseMetadata(scanner);
    else entries.push(parseTensorEntry(scanner, name, dataOffset));
  });
  scanner.end();
  entries.sort((a, b) => a.byteOffset - b.byteOffset || a.byteLength - b.byteLength);
  checkLayout(entries, dataOffset, fileSize);
  return { metadata, tensors: new Map(entries.map((entry) => [entry.name, entry])), dataOffset };
}

function headerText(bytes: Uint8Array): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    throw refusal('safetensors-byte-order-mark', 'The header begins with a byte order mark.', {
      expected: 'the character "{"',
      received: 'U+FEFF',
    });
  if (bytes[0] !== 0x7b)
    throw refusal('safetensors-header-start', 'The header does not begin with "{".', {
      expected: 'the byte 0x7b',
      received: bytes[0] === undefined ? 'an empty header' : `the byte 0x${bytes[0].toString(16)}`,
      remedy: 'Check that this is a safetensors file.',
    });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refusal('safetensors-not-utf8', 'The header is not valid UTF-8.', { cause });
  }
}

function parseMetadata(scanner: HeaderScanner): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = Object.create(null);
  scanner.object(['__metadata__'], (key) => {
    const path = ['__metadata__', key];
    if (scanner.peek() !== '"')
      throw refusal('safetensors-metadata-not-string', `The metadata ${quoted(key)} is not a string.`, {
        path,
        expected: 'a string',
      });
    metadata[key] = scanner.string(path);
  });
  return metadata;
}
