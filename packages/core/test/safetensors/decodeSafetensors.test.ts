import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SvfError } from '../../src/index.ts';
import {
  DTYPE_BYTES,
  decodeSafetensors,
  encodeSafetensors,
  isDtype,
  parseHeader,
  readHeaderLength,
} from '../../src/safetensors/index.ts';
import { handmadeFile } from './handmade.ts';

const VALID = [
  encodeSafetensors({}),
  encodeSafetensors(
    {
      weights: { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
      'h.0.ünïcödé': { shape: [], data: Float32Array.of(1) },
      empty: { shape: [0, 7], data: new Float64Array(0) },
    },
    { format: 'pt', 'a\n"b"': '\u0000é😀' },
  ),
  handmadeFile(
    '{ "h" :{"shape":[3],"dtype":"F16","data_offsets":[0,6]},"\\u0062":{"data_offsets":[6,10],"dtype":"BF16","shape":[1,2]} }\n',
    [0, 0x3c, 1, 0, 0xff, 0xff, 1, 2, 3, 4],
  ),
];

/** What a file says that was accepted, checked against JSON.parse and the rules of the format anew. */
function checkAccepted(file: Uint8Array): void {
  const length = readHeaderLength(file, file.length);
  const header = parseHeader(file.subarray(8, 8 + length), file.length);
  const { __metadata__: metadata = {}, ...described } = JSON.parse(
    new TextDecoder().decode(file.subarray(8, 8 + length)),
  );
  expect(header.metadata).toEqual(metadata);
  expect(header.dataOffset).toBe(8 + length);
  expect(header.tensors.size).toBe(Object.keys(described).length);
  const owners = new Uint8Array(file.length - header.dataOffset);
  for (const [name, { dtype, shape, byteOffset, byteLength }] of header.tensors) {
    const begin = byteOffset - header.dataOffset;
    expect(described[name]).toEqual({ dtype, shape, data_offsets: [begin, begin + byteLength] });
    expect(isDtype(dtype)).toBe(true);
    expect(shape.reduce((product, dimension) => product * dimension, DTYPE_BYTES[dtype])).toBe(byteLength);
    for (let i = begin; i < begin + byteLength; i += 1) owners[i] = (owners[i] ?? 0) + 1;
  }
  expect(owners.every((count) => count === 1)).toBe(true);
}

/** True if the file was accepted; throws if it was neither accepted in order nor refused with an SvfError. */
function acceptsOrRefuses(file: Uint8Array): boolean {
  try {
    decodeSafetensors(file);
  } catch (error) {
    if (!(error instanceof SvfError)) throw error;
    expect(error.code).toMatch(/^safetensors-/);
    return false;
  }
  checkAccepted(file);
  return true;
}

type Mutation = (file: Uint8Array) => Uint8Array;

const index = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (share: number, length: number) => Math.floor(share * length);
/** Bytes that mean something to a parser of JSON, and any. */
const byte = fc.oneof(
  fc.constantFrom(...Buffer.from('{}[]",:\\ 0123456789-.eEu')),
  fc.integer({ min: 0, max: 255 }),
);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(index, byte).map(
    ([share, value]): Mutation =>
      (file) =>
        file.with(at(share, file.length), value),
  ),
  fc.tuple(index, fc.integer({ min: 0, max: 7 })).map(
    ([share, bit]): Mutation =>
      (file) =>
        file.map((value, i) => (i === at(share, file.length) ? value ^ (1 << bit) : value)),
  ),
  index.map(
    (share): Mutation =>
      (file) =>
        file.slice(0, at(share, file.length)),
  ),
  fc.tuple(index, index).map(
    ([from, to]): Mutation =>
      (file) =>
        Uint8Array.from([...file.slice(0, at(from, file.length)), ...file.slice(at(to, file.length))]),
  ),
  fc.tuple(index, fc.array(byte, { maxLength: 12 })).map(
    ([share, extra]): Mutation =>
      (file) =>
        Uint8Array.from([
          ...file.slice(0, at(share, file.length)),
          ...extra,
          ...file.slice(at(share, file.length)),
        ]),
  ),
);

/** The same header after changes to its text, with the length field set right: gets past the first check. */
function mutatedHeader(file: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  const end = 8 + readHeaderLength(file, file.length);
  const header = changes.reduce<Uint8Array>(
    (text, change) => (text.length === 0 ? text : change(text)),
    file.slice(8, end),
  );
  return handmadeFile(header, file.slice(end));
}

describe('decodeSafetensors', () => {
  it('accepts the files that the mutations below start from', () => {
    expect(VALID.map(acceptsOrRefuses)).toEqual([true, true, true]);
  });

  it('accepts or refuses every mutated file, and crashes on none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VALID),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        (file, changes) => {
          acceptsOrRefuses(
            changes.reduce<Uint8Array>(
              (bytes, change) => (bytes.length === 0 ? bytes : change(bytes)),
              file.slice(),
            ),
          );
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('accepts or refuses every file with a mutated header of the right length', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VALID),
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        (file, changes) => {
          acceptsOrRefuses(mutatedHeader(file, changes));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('refuses every proper prefix of a file that holds data', () => {
    const file = VALID[1] ?? new Uint8Array();
    for (let length = 0; length < file.length; length += 1)
      expect(acceptsOrRefuses(file.slice(0, length)), `${length} bytes`).toBe(false);
  });

  it('accepts or refuses a file after each change of one byte of its header', () => {
    const file = VALID[2] ?? new Uint8Array();
    let accepted = 0;
    for (let i = 0; i < file.length - 10; i += 1)
      for (const value of Buffer.from('{}[]",:\\ 09-.eu\u0000\u0080'))
        accepted += acceptsOrRefuses(file.with(i, value)) ? 1 : 0;
    expect(accepted).toBeGreaterThan(0); // a letter of a name may change
  });

  it('accepts or refuses random bytes behind a brace', () => {
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), fc.uint8Array({ maxLength: 8 }), (text, data) => {
        acceptsOrRefuses(handmadeFile(Uint8Array.from([0x7b, ...text]), data));
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a file with 20,000 tensors', () => {
    const tensors = new Map(
      Array.from({ length: 20_000 }, (_, i) => [`h.${i}.weight`, { shape: [1], data: Float32Array.of(i) }]),
    );
    const decoded = decodeSafetensors(encodeSafetensors(tensors));
    expect(decoded.tensors.get('h.19999.weight')?.data[0]).toBe(19999);
  });
});
