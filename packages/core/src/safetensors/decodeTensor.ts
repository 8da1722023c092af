import { DTYPE_BYTES } from './dtype.ts';
import { bfloat16Value, float16Value } from './halfPrecision.ts';
import type { TensorEntry } from './parseHeader.ts';
import { quoted, refusal } from './refusal.ts';

/**
 * The values of one tensor, row-major, as doubles: exact for F64, F32, F16 and BF16. NaN and infinities are kept as
 * they are in the file. Bytes are read as little-endian on every machine and may begin at any address.
 *
 * @param bytes the tensor's own bytes: `entry.byteLength` of them from `entry.byteOffset` of the file
 * @returns product of `entry.shape` values
 * @throws SvfError `safetensors-unsupported-dtype` for every other dtype, `safetensors-byte-length`
 */
export function decodeTensor(bytes: Uint8Array, entry: TensorEntry): Float64Array<ArrayBuffer> {
  if (bytes.length !== entry.byteLength)
    throw refusal('safetensors-byte-length', `The bytes given for ${quoted(entry.name)} are not its own.`, {
      path: [entry.name],
      expected: `${entry.byteLength} bytes`,
      received: `${bytes.length} bytes`,
      remedy: `Read ${entry.byteLength} bytes from byte ${entry.byteOffset} of the file.`,
    });
  // A DataView, not a Float32Array over the same buffer: offsets in a file are aligned to nothing.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (entry.dtype) {
    case 'F64':
    case 'F32':
    case 'F16':
    case 'BF16':
      break;
    default:
      throw refusal(
        'safetensors-unsupported-dtype',
        `The tensor ${quoted(entry.name)} has the dtype ${entry.dtype}, which is not decoded.`,
        {
          path: [entry.name, 'dtype'],
          expected: 'F64, F32, F16 or BF16',
          received: entry.dtype,
          remedy: 'Decode only the tensors you need, each with decodeTensor.',
        },
      );
  }
  const values = new Float64Array(bytes.length / DTYPE_BYTES[entry.dtype]);
  if (entry.dtype === 'F64')
    for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat64(8 * i, true);
  else if (entry.dtype === 'F32')
    for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat32(4 * i, true);
  else if (entry.dtype === 'F16')
    for (let i = 0; i < values.length; i += 1) values[i] = float16Value(view.getUint16(2 * i, true));
  else for (let i = 0; i < values.length; i += 1) values[i] = bfloat16Value(view.getUint16(2 * i, true));
  return values;
}
