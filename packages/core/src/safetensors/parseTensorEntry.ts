import { type Dtype, isDtype } from './dtype.ts';
import type { HeaderScanner } from './HeaderScanner.ts';
import type { TensorEntry } from './parseHeader.ts';
import { quoted, refusal } from './refusal.ts';
import { checkRank, invalidDimension, tensorBytes } from './tensorShape.ts';

/**
 * Reads the description of one tensor, `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`, and checks that
 * its parts agree with each other; whether it lies in the file is {@link checkLayout}'s to say.
 */
export function parseTensorEntry(scanner: HeaderScanner, name: string, dataOffset: number): TensorEntry {
  let dtype: Dtype | undefined;
  let shape: readonly number[] | undefined;
  let offsets: readonly [number, number] | undefined;
  scanner.object([name], (field) => {
    if (field === 'dtype') dtype = parseDtype(scanner, name);
    else if (field === 'shape') shape = parseShape(scanner, name);
    else if (field === 'data_offsets') offsets = parseOffsets(scanner, name, dataOffset);
    else
      throw refusal('safetensors-unknown-field', `The tensor ${quoted(name)} has a field ${quoted(field)}.`, {
        path: [name, field],
        expected: 'dtype, shape and data_offsets',
        received: quoted(field),
      });
  });
  if (dtype === undefined) throw missing(name, 'dtype');
  if (shape === undefined) throw missing(name, 'shape');
  if (offsets === undefined) throw missing(name, 'data_offsets');

  const [begin, end] = offsets;
  const byteLength = tensorBytes(name, dtype, shape);
  if (end - begin !== byteLength)
    throw refusal(
      'safetensors-size-mismatch',
      `The tensor ${quoted(name)} has not the bytes its shape needs.`,
      {
        path: [name, 'data_offsets'],
        expected: `${byteLength} bytes for [${shape.join(', ')}] of ${dtype}`,
        received: `${end - begin} bytes`,
      },
    );
  return { name, dtype, shape, byteOffset: dataOffset + begin, byteLength };
}

function parseDtype(scanner: HeaderScanner, name: string): Dtype {
  const dtype = scanner.string([name, 'dtype']);
  if (!isDtype(dtype))
    throw refusal('safetensors-unknown-dtype', `The tensor ${quoted(name)} has the dtype ${quoted(dtype)}.`, {
      path: [name, 'dtype'],
      expected: 'a dtype of the format whose elements are whole bytes',
      received: quoted(dtype),
    });
  return dtype;
}

function parseShape(scanner: HeaderScanner, name: string): readonly number[] {
  const shape: number[] = [];
  scanner.array([name, 'shape'], (axis) => {
    checkRank(axis + 1, name);
    const text = scanner.number([name, 'shape', axis]);
    const dimension = natural(text);
    if (dimension === undefined) throw invalidDimension(name, axis, text);
    shape.push(dimension);
  });
  return shape;
}

function parseOffsets(scanner: HeaderScanner, name: string, dataOffset: number): readonly [number, number] {
  const path = [name, 'data_offsets'];
  const offsets: number[] = [];
  scanner.array(path, (index) => {
    const text = scanner.number([...path, index]);
    const offset = natural(text);
    // Offsets become absolute, so the sum has to stay exact too.
    if (index > 1 || offset === undefined || offset > Number.MAX_SAFE_INTEGER - dataOffset)
      throw invalidOffsets(name, quoted(text), [...path, index]);
    offsets.push(offset);
  });
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || end < begin)
    throw invalidOffsets(name, `[${offsets.join(', ')}]`, path);
  return [begin, end];
}

/** The integer in [0, 2⁵³) that `text` writes in plain digits; undefined for a sign, a fraction or an exponent. */
function natural(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]*)$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function missing(name: string, field: string): Error {
  return refusal('safetensors-missing-field', `The tensor ${quoted(name)} has no ${field}.`, {
    path: [name, field],
    expected: 'dtype, shape and data_offsets',
  });
}

function invalidOffsets(name: string, received: string, path: readonly (string | number)[]): Error {
  return refusal(
    'safetensors-invalid-offsets',
    `The offsets of the tensor ${quoted(name)} are not a range.`,
    {
      path,
      expected: 'two integers [begin, end] with 0 <= begin <= end < 2^53',
      received,
    },
  );
}
