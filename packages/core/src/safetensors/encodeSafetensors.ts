import { byCodePoint, encodeHeader, type PlannedTensor } from './encodeHeader.ts';
import { LENGTH_FIELD_BYTES } from './readHeaderLength.ts';
import { quoted, refusal } from './refusal.ts';
import { checkRank, invalidDimension, tensorBytes } from './tensorShape.ts';

/** A tensor to write. */
export interface TensorToEncode {
  /** Row-major dimensions; `[]` is a scalar, and a dimension may be 0. */
  readonly shape: readonly number[];
  /** Product of `shape` values, row-major. */
  readonly data: Float64Array | Float32Array;
  /** How to store it; by default as `data` is. F32 rounds doubles to the nearest. */
  readonly dtype?: 'F64' | 'F32' | undefined;
}

interface Plan extends PlannedTensor {
  readonly dtype: 'F64' | 'F32';
  readonly data: Float64Array | Float32Array;
}

/**
 * A whole safetensors file. The same tensors and metadata give the same bytes, whatever the order of their keys:
 * F64 before F32, so that each tensor is aligned to its element, then by name in the order of code points. NaN and
 * infinities are written as they are.
 *
 * @param tensors by name; any name but `__metadata__` and `__proto__`
 * @param metadata free text for the header's `__metadata__`; left out if empty
 * @throws SvfError `safetensors-shape-mismatch` (shape and length of `data` disagree), `safetensors-float32-overflow`
 *   (a finite value beyond float32's range is to be stored as F32), `safetensors-data-type`,
 *   `safetensors-invalid-dimension`, `safetensors-too-many-dimensions`, `safetensors-tensor-too-large`,
 *   `safetensors-file-too-large`, and those of {@link encodeHeader}
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, TensorToEncode>> | ReadonlyMap<string, TensorToEncode>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const named = tensors instanceof Map ? [...tensors] : Object.entries(tensors);
  const plans = named.map(([name, tensor]) => plan(name, tensor));
  plans.sort((a, b) => (a.dtype === b.dtype ? byCodePoint(a.name, b.name) : a.dtype === 'F64' ? -1 : 1));
  const header = encodeHeader(plans, metadata);
  const size = plans.reduce((sum, { byteLength }) => sum + byteLength, LENGTH_FIELD_BYTES + header.length);
  const file = allocate(size);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  file.set(header, LENGTH_FIELD_BYTES);
  let offset = LENGTH_FIELD_BYTES + header.length;
  for (const tensor of plans) {
    write(tensor, view, offset);
    offset += tensor.byteLength;
  }
  return file;
}

function plan(name: string, { shape, data, dtype }: TensorToEncode): Plan {
  if (!(data instanceof Float64Array || data instanceof Float32Array))
    throw refusal('safetensors-data-type', `The data of ${quoted(name)} is no array of floats.`, {
      path: [name, 'data'],
      expected: 'a Float64Array or a Float32Array',
      received: Array.isArray(data) ? 'an array' : typeof data,
    });
  const stored = dtype ?? (data instanceof Float64Array ? 'F64' : 'F32');
  if (stored !== 'F64' && stored !== 'F32')
    throw refusal('safetensors-unsupported-dtype', `The tensor ${quoted(name)} cannot be written as asked.`, {
      path: [name, 'dtype'],
      expected: 'F64 or F32',
      received: quoted(String(stored)),
    });
  checkRank(shape.length, name);
  shape.forEach((dimension, axis) => {
    if (!Number.isSafeInteger(dimension) || dimension < 0)
      throw invalidDimension(name, axis, String(dimension));
  });
  const byteLength = tensorBytes(name, stored, shape);
  const count = byteLength / (stored === 'F64' ? 8 : 4);
  if (count !== data.length)
    throw refusal(
      'safetensors-shape-mismatch',
      `The tensor ${quoted(name)} has not as many values as its shape.`,
      {
        path: [name, 'shape'],
        expected: `${count} values for [${shape.join(', ')}]`,
        received: `${data.length} values`,
      },
    );
  return { name, dtype: stored, shape, byteLength, data };
}

function allocate(size: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    throw refusal('safetensors-file-too-large', 'The file does not fit into one buffer.', {
      received: `${size} bytes`,
      remedy: 'Write the tensors into several files.',
      cause,
    });
  }
}

function write({ name, dtype, data }: Plan, view: DataView, offset: number): void {
  if (dtype === 'F64') {
    for (let i = 0; i < data.length; i += 1) view.setFloat64(offset + 8 * i, data[i] ?? Number.NaN, true);
    return;
  }
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] ?? Number.NaN;
    if (Number.isFinite(value) && !Number.isFinite(Math.fround(value)))
      throw refusal('safetensors-float32-overflow', `A value of ${quoted(name)} is too large for F32.`, {
        path: [name, 'data', i],
        expected: 'magnitudes that round to at most 3.4028234663852886e38',
        received: String(value),
        remedy: 'Store the tensor as F64.',
      });
    view.setFloat32(offset + 4 * i, value, true);
  }
}
