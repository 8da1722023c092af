import { decodeTensor } from './decodeTensor.ts';
import type { Dtype } from './dtype.ts';
import { parseHeader } from './parseHeader.ts';
import { LENGTH_FIELD_BYTES, readHeaderLength } from './readHeaderLength.ts';

/** A tensor with its values, row-major. */
export interface DecodedTensor {
  /** How the file stores it; the values are doubles whatever this is. */
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Product of `shape` values. */
  readonly data: Float64Array<ArrayBuffer>;
}

export interface DecodedSafetensors {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order of their bytes in the file. */
  readonly tensors: ReadonlyMap<string, DecodedTensor>;
}

/**
 * Decodes a whole file held in memory. For a large one, or one with tensors of integers, read ranges instead:
 * {@link readHeaderLength}, {@link parseHeader}, then {@link decodeTensor} for each tensor wanted.
 *
 * @throws SvfError with a code of {@link SAFETENSORS_ERROR_CODES} if the file is damaged or hostile, or holds a tensor
 *   that is not F64, F32, F16 or BF16
 */
export function decodeSafetensors(file: Uint8Array): DecodedSafetensors {
  const dataOffset = LENGTH_FIELD_BYTES + readHeaderLength(file, file.length);
  const { metadata, tensors } = parseHeader(file.subarray(LENGTH_FIELD_BYTES, dataOffset), file.length);
  const decoded = new Map<string, DecodedTensor>();
  for (const [name, entry] of tensors) {
    const bytes = file.subarray(entry.byteOffset, entry.byteOffset + entry.byteLength);
    decoded.set(name, { dtype: entry.dtype, shape: entry.shape, data: decodeTensor(bytes, entry) });
  }
  return { metadata, tensors: decoded };
}
