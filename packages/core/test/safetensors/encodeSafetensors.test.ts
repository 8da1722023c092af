import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  parseHeader,
  readHeaderLength,
  type TensorToEncode,
} from '../../src/safetensors/index.ts';
import { atOddAddress } from './handmade.ts';

// Built by hand with Python's struct module from the format's description: length, header padded to 208 bytes,
// b = [1.5, -2] as F64, a = [[1, 0.1, -inf]] and Ω = 7 as F32.
const GOLDEN = [
  'd000000000000000',
  '7b225f5f6d657461646174615f5f223a7b226d616465206279223a2268616e64227d2c2262223a7b226474797065223a',
  '22463634222c227368617065223a5b325d2c22646174615f6f666673657473223a5b302c31365d7d2c2261223a7b2264',
  '74797065223a22463332222c227368617065223a5b312c335d2c22646174615f6f666673657473223a5b31362c32385d',
  '7d2c22cea9223a7b226474797065223a22463332222c227368617065223a5b5d2c22646174615f6f666673657473223a',
  '5b32382c33325d7d7d20202020202020',
  '000000000000f83f00000000000000c0',
  '0000803fcdcccc3d000080ff',
  '0000e040',
].join('');

const name = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('constructor', 'toString', '1', '02', 'Ω/é', '"\\'),
  )
  .filter((text) => text !== '__proto__' && text !== '__metadata__');

const shape = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
  ),
  {
    maxLength: 4,
  },
);

const tensor: fc.Arbitrary<TensorToEncode> = fc.tuple(shape, fc.boolean()).chain(([dimensions, double]) => {
  const length = dimensions.reduce((product, dimension) => product * dimension, 1);
  const bounds = { minLength: length, maxLength: length };
  const data = double ? fc.float64Array(bounds) : fc.float32Array(bounds);
  return data.map((values) => ({ shape: dimensions, data: values }));
});

const tensors = fc
  .uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 6 })
  .map((pairs) => new Map(pairs));

const metadata = fc.dictionary(name, fc.string({ unit: 'binary' }), { maxKeys: 4 });

describe('encodeSafetensors', () => {
  it('writes the bytes of a file built by hand', () => {
    const file = encodeSafetensors(
      {
        Ω: { shape: [], data: Float64Array.of(7), dtype: 'F32' },
        a: { shape: [1, 3], data: Float32Array.of(1, 0.1, Number.NEGATIVE_INFINITY) },
        b: { shape: [2], data: Float64Array.of(1.5, -2) },
      },
      { 'made by': 'hand' },
    );
    expect(Buffer.from(file).toString('hex')).toBe(GOLDEN);
  });

  it('is undone by decodeSafetensors, NaN, infinities and signs of zero included, at any address', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const decoded = decodeSafetensors(atOddAddress(encodeSafetensors(given, notes)));
        expect(decoded.metadata).toEqual(notes);
        expect(new Set(decoded.tensors.keys())).toEqual(new Set(given.keys()));
        for (const [key, { shape: dimensions, data, dtype }] of decoded.tensors) {
          const original = given.get(key);
          expect(dimensions).toEqual(original?.shape);
          expect(dtype).toBe(original?.data instanceof Float32Array ? 'F32' : 'F64');
          expect([...data]).toEqual([...(original?.data ?? [])]); // toEqual tells −0 from 0
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same bytes whatever the order of tensors and metadata', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const backwards = new Map([...given].reverse());
        const notesBackwards = Object.fromEntries(Object.entries(notes).reverse());
        expect(encodeSafetensors(backwards, notesBackwards)).toEqual(encodeSafetensors(given, notes));
        expect(encodeSafetensors(Object.fromEntries(given), notes)).toEqual(encodeSafetensors(given, notes));
      }),
    );
  });

  it('is a fixed point: what is decoded encodes to the same bytes', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const file = encodeSafetensors(given, notes);
        const decoded = decodeSafetensors(file);
        const again = new Map<string, TensorToEncode>();
        for (const [key, { shape: dimensions, data, dtype }] of decoded.tensors)
          again.set(key, { shape: dimensions, data, dtype: dtype === 'F32' ? 'F32' : 'F64' });
        expect(encodeSafetensors(again, decoded.metadata)).toEqual(file);
      }),
    );
  });

  it('aligns the data section to eight bytes and each tensor to its element', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const file = encodeSafetensors(given, notes);
        const length = readHeaderLength(file, file.length);
        const header = parseHeader(file.subarray(8, 8 + length), file.length);
        expect(header.dataOffset % 8).toBe(0);
        for (const { dtype, byteOffset } of header.tensors.values())
          expect(byteOffset % (dtype === 'F64' ? 8 : 4)).toBe(0);
      }),
    );
  });

  it('writes a header that any JSON parser reads', () => {
    fc.assert(
      fc.property(tensors, metadata, (given, notes) => {
        const file = encodeSafetensors(given, notes);
        const header = JSON.parse(
          new TextDecoder().decode(file.subarray(8, 8 + readHeaderLength(file, file.length))),
        );
        const { __metadata__: written = {}, ...described } = header;
        expect(written).toEqual(notes);
        expect(new Set(Object.keys(described))).toEqual(new Set(given.keys()));
      }),
    );
  });

  it('sorts names by code point, as UTF-8 does', () => {
    const scalar = { shape: [], data: Float64Array.of(0) };
    const names = ['\u{1f600}', '\uff5e', 'b', 'a', 'ab', '', 'B', '\u{1f601}'];
    const file = encodeSafetensors(Object.fromEntries(names.map((key) => [key, scalar])));
    const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...decodeSafetensors(file).tensors.keys()]).toEqual(byBytes);
  });

  it('rounds doubles to float32 and widens float32 exactly when asked to', () => {
    const file = encodeSafetensors({
      narrow: { shape: [2], data: Float64Array.of(0.1, 3.4028235e38), dtype: 'F32' },
      wide: { shape: [1], data: Float32Array.of(0.1), dtype: 'F64' },
    });
    const { tensors: decoded } = decodeSafetensors(file);
    expect([...(decoded.get('narrow')?.data ?? [])]).toEqual([Math.fround(0.1), 3.4028234663852886e38]);
    expect(decoded.get('wide')).toEqual({
      dtype: 'F64',
      shape: [1],
      data: Float64Array.of(Math.fround(0.1)),
    });
  });

  it('writes an empty file and leaves out empty metadata', () => {
    expect([...encodeSafetensors({})]).toEqual([8, 0, 0, 0, 0, 0, 0, 0, ...Buffer.from('{}      ')]);
  });

  it('takes __proto__ as a value, and views of part of a buffer', () => {
    const data = Float64Array.of(1, 2, 3).subarray(1);
    const { metadata: notes, tensors: decoded } = decodeSafetensors(
      encodeSafetensors({ x: { shape: [2], data } }, { key: '__proto__' }),
    );
    expect(notes).toEqual({ key: '__proto__' });
    expect([...(decoded.get('x')?.data ?? [])]).toEqual([2, 3]);
  });
});
