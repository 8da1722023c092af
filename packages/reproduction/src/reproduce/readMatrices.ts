import { type FileHandle, open } from 'node:fs/promises';
import { Matrix, SvfError } from '@svf-alignment/core';
import {
  decodeTensor,
  parseHeader,
  readHeaderLength,
  type SafetensorsHeader,
  type TensorEntry,
} from '@svf-alignment/core/safetensors';
import { systemCode } from '../lab/storeFault.ts';

/** What the file says it holds, and a way to read one of its tensors as a matrix. */
export interface MatrixFile {
  readonly names: readonly string[];
  readonly metadata: SafetensorsHeader['metadata'];
  /**
   * @throws SvfError `unknown-tensor`, `tensor-shape` for one that is not a matrix with entries, `non-finite-entry`,
   *   `safetensors-unsupported-dtype`
   */
  readonly matrix: (name: string) => Promise<Matrix>;
}

const LENGTH_FIELD_BYTES = 8;
const NAMES_SHOWN = 20;

/**
 * Opens a safetensors file for `use`; only its header and the tensors asked for are read.
 *
 * @throws SvfError `matrix-file` if it cannot be opened or read, those of the safetensors codec if it is damaged or
 *   hostile, and what `use` throws
 */
export async function withMatrices<Value>(
  path: string,
  use: (file: MatrixFile) => Promise<Value>,
): Promise<Value> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    const length = readHeaderLength(await read(handle, 0, Math.min(size, LENGTH_FIELD_BYTES), path), size);
    const header = parseHeader(await read(handle, LENGTH_FIELD_BYTES, length, path), size);
    const names = [...header.tensors.keys()];
    return await use({
      names,
      metadata: header.metadata,
      matrix: async (name) => {
        const entry = header.tensors.get(name);
        if (entry === undefined) throw unknownTensor(name, names, path);
        requireMatrix(entry);
        const bytes = await read(handle, entry.byteOffset, entry.byteLength, path);
        return finiteMatrix(decodeTensor(bytes, entry), entry);
      },
    });
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const handle = await open(path);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    throw unreadable(path, error);
  }
  throw unreadable(path);
}

async function read(handle: FileHandle, position: number, length: number, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done).catch((error) => {
      throw unreadable(path, error);
    });
    if (bytesRead === 0) throw unreadable(path);
    done += bytesRead;
  }
  return bytes;
}

function requireMatrix({ name, shape, dtype }: TensorEntry): void {
  if (shape.length === 2 && shape.every((dimension) => dimension > 0)) return;
  throw new SvfError(`The tensor \`${name}\` is not a matrix: its shape is [${shape.join(', ')}].`, {
    code: 'tensor-shape',
    path: [name],
    expected: 'two dimensions of at least 1',
    received: `[${shape.join(', ')}] of ${dtype}`,
    remedy: 'Name another tensor, or save the slice that you mean as a matrix of its own.',
  });
}

function finiteMatrix(data: Float64Array, { name, shape }: TensorEntry): Matrix {
  const [rows = 0, columns = 0] = shape;
  const fault = data.findIndex((value) => !Number.isFinite(value));
  if (fault >= 0) {
    const place = [Math.floor(fault / columns), fault % columns];
    throw new SvfError(`The tensor \`${name}\` holds ${data[fault]} at [${place.join(', ')}].`, {
      code: 'non-finite-entry',
      path: [name, ...place],
      expected: 'finite numbers',
      received: String(data[fault]),
      remedy: 'Check how the data were made.',
    });
  }
  return new Matrix(
    Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]),
  );
}

function unknownTensor(name: string, names: readonly string[], path: string): SvfError {
  return new SvfError(`\`${path}\` holds no tensor \`${name}\`.`, {
    code: 'unknown-tensor',
    path: [name],
    expected: `one of ${names.join(', ')}`,
    received: name,
    remedy: tensorList(names),
  });
}

/** The names as a sentence; of many, only the first. */
export function tensorList(names: readonly string[]): string {
  if (names.length === 0) return 'It holds no tensors at all.';
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return names.length > NAMES_SHOWN
    ? `It holds ${shown} and ${names.length - NAMES_SHOWN} more.`
    : `It holds ${shown}.`;
}

function unreadable(path: string, cause?: unknown): SvfError {
  const fault = cause === undefined ? 'it is no whole file' : (systemCode(cause) ?? String(cause));
  return new SvfError(`\`${path}\` cannot be read (${fault}).`, {
    code: 'matrix-file',
    path: ['matrix'],
    expected: 'a safetensors file',
    received: path,
    remedy: 'Name a safetensors file that exists and may be read.',
    cause,
  });
}
