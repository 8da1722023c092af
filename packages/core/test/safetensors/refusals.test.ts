import { describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  decodeTensor,
  encodeSafetensors,
  parseHeader,
  readHeaderLength,
  SAFETENSORS_ERROR_CODES,
  type SafetensorsErrorCode,
} from '../../src/safetensors/index.ts';
import { handmadeFile, handmadeHeader, refusalOf } from './handmade.ts';

type Case = [SafetensorsErrorCode, string, () => unknown, path?: readonly (string | number)[]];

const read = (header: string | Uint8Array, data: ArrayLike<number> = []) => {
  const file = handmadeFile(header, data);
  return () => decodeSafetensors(file);
};
const U8 = '"dtype":"U8","shape":[1],"data_offsets":[0,1]';
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
const shaped = (shape: string) => read(`{"x":{"dtype":"U8","shape":${shape},"data_offsets":[0,1]}}`, [1]);
const placed = (offsets: string) => read(`{"x":{"dtype":"U8","shape":[1],"data_offsets":${offsets}}}`, [1]);
const two = (a: [number, number], b: [number, number], data: number) =>
  read(
    handmadeHeader(['a', 'U8', [a[1] - a[0]], ...a], ['b', 'U8', [b[1] - b[0]], ...b]),
    new Uint8Array(data),
  );
const f64 = (shape: readonly number[], length: number) => () =>
  encodeSafetensors({ x: { shape, data: new Float64Array(length) } });
const scalar = { shape: [], data: Float64Array.of(1) };

const cases: Case[] = [
  ['safetensors-file-size', 'fractional', () => readHeaderLength(new Uint8Array(8), 10.5)],
  ['safetensors-file-size', 'negative', () => parseHeader(new Uint8Array(2), -1)],
  ['safetensors-file-size', 'beyond 2^53', () => parseHeader(new Uint8Array(2), 2 ** 53)],
  ['safetensors-truncated', 'empty file', () => decodeSafetensors(new Uint8Array(0))],
  ['safetensors-truncated', 'seven bytes', () => decodeSafetensors(new Uint8Array(7))],
  ['safetensors-truncated', 'too little read', () => readHeaderLength(new Uint8Array(4), 100)],
  ['safetensors-header-too-long', 'all bits set', () => decodeSafetensors(new Uint8Array(64).fill(0xff))],
  [
    'safetensors-header-too-long',
    'on writing',
    () => encodeSafetensors({}, { note: 'x'.repeat(100_000_000) }),
  ],
  ['safetensors-header-beyond-file', 'cut short', () => decodeSafetensors(handmadeFile('{}').subarray(0, 9))],
  ['safetensors-header-beyond-file', 'header and file disagree', () => parseHeader(new Uint8Array(9), 16)],
  ['safetensors-byte-order-mark', 'before the brace', read('\ufeff{}')],
  ['safetensors-header-start', 'empty header', read('')],
  ['safetensors-header-start', 'white space first', read(' {}')],
  ['safetensors-header-start', 'an array', read('[]')],
  ['safetensors-header-start', 'UTF-16', read(Uint8Array.of(0, 0x7b, 0, 0x7d))],
  ['safetensors-not-utf8', 'a stray byte', read(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d))],
  ['safetensors-not-utf8', 'an overlong slash', read(Uint8Array.of(0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d))],
  ['safetensors-not-utf8', 'a raw surrogate', read(Uint8Array.of(0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d))],
  ...[
    '{',
    '{}{}',
    '{} x',
    '{}\0\0',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a":1}',
    '{"a":null}',
    '{"a":[]}',
    `{'a':{${U8}}}`,
    `{"a":{${U8}},}`,
    `{"a":{${U8},}}`,
    `{"a":{${U8}}`,
    `{"a\n":{${U8}}}`,
    `{"a\u001f":{${U8}}}`,
    `{"a\\x":{${U8}}}`,
    `{"a\\":{${U8}}}`,
    `{"a":{${U8}} "b":{${U8}}}`,
    `{/**/"a":{${U8}}}`,
    '{"\\',
    '{"__metadata__":null}',
    '{"__metadata__":[]}',
    '{"a":{"dtype":1,"shape":[],"data_offsets":[0,1]}}',
    '{"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}}',
    '{"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}',
    '{"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}',
    '{"a":{"dtype":"U8","shape":[1,],"data_offsets":[0,1]}}',
    '{"a":{"dtype":"U8","shape":[1],"data_offsets":{"0":0}}}',
    `{"a":${'['.repeat(100_000)}`,
    `{"a":${'{"a":'.repeat(100_000)}`,
  ].map(
    (header): Case => [
      header.startsWith('{"a":{"a":') ? 'safetensors-unknown-field' : 'safetensors-malformed-header',
      header.slice(0, 60),
      read(header, [1]),
    ],
  ),
  ['safetensors-lone-surrogate', 'in a name', read(`{"\\ud800":{${U8}}}`, [1])],
  [
    'safetensors-lone-surrogate',
    'in metadata',
    read('{"__metadata__":{"a":"\\udc00"}}'),
    ['__metadata__', 'a'],
  ],
  ['safetensors-lone-surrogate', 'name, on writing', () => encodeSafetensors({ '\ud800': scalar })],
  ['safetensors-lone-surrogate', 'metadata, on writing', () => encodeSafetensors({}, { a: '\udc00' })],
  ['safetensors-duplicate-key', 'a tensor', read(`{"a":{${U8}},"a":{${U8}}}`, [1]), ['a']],
  ['safetensors-duplicate-key', 'a tensor, escaped', read(`{"a":{${U8}},"\\u0061":{${U8}}}`, [1]), ['a']],
  ['safetensors-duplicate-key', 'a field', read(`{"a":{${U8},"dtype":"I8"}}`, [1]), ['a', 'dtype']],
  [
    'safetensors-duplicate-key',
    'in metadata',
    read('{"__metadata__":{"k":"1","k":"2"}}'),
    ['__metadata__', 'k'],
  ],
  ['safetensors-duplicate-key', 'metadata', read('{"__metadata__":{},"__metadata__":{}}'), ['__metadata__']],
  ['safetensors-reserved-key', 'a tensor', read(`{"__proto__":{${U8}}}`, [1]), ['__proto__']],
  ['safetensors-reserved-key', 'escaped', read(`{"\\u005f_proto__":{${U8}}}`, [1]), ['__proto__']],
  [
    'safetensors-reserved-key',
    'in metadata',
    read('{"__metadata__":{"__proto__":"x"}}'),
    ['__metadata__', '__proto__'],
  ],
  ['safetensors-reserved-key', 'a field', read(`{"a":{"__proto__":{},${U8}}}`, [1]), ['a', '__proto__']],
  ['safetensors-reserved-key', 'on writing', () => encodeSafetensors({ ['__proto__']: scalar })],
  ['safetensors-reserved-key', 'metadata on writing', () => encodeSafetensors({}, { ['__proto__']: 'x' })],
  ['safetensors-reserved-key', '__metadata__ on writing', () => encodeSafetensors({ __metadata__: scalar })],
  ...['1', 'null', '{}', '["a"]', 'true'].map(
    (value): Case => [
      'safetensors-metadata-not-string',
      value,
      read(`{"__metadata__":{"k":${value}}}`),
      ['__metadata__', 'k'],
    ],
  ),
  [
    'safetensors-metadata-not-string',
    'on writing',
    () => encodeSafetensors({}, JSON.parse('{"k":1}')),
    ['__metadata__', 'k'],
  ],
  ['safetensors-unknown-field', 'another', read(`{"a":{${U8},"offset":1}}`, [1]), ['a', 'offset']],
  [
    'safetensors-missing-field',
    'dtype',
    read('{"a":{"shape":[1],"data_offsets":[0,1]}}', [1]),
    ['a', 'dtype'],
  ],
  [
    'safetensors-missing-field',
    'shape',
    read('{"a":{"dtype":"U8","data_offsets":[0,1]}}', [1]),
    ['a', 'shape'],
  ],
  ['safetensors-missing-field', 'data_offsets', read('{"a":{"dtype":"U8","shape":[1]}}', [1])],
  ['safetensors-missing-field', 'all', read('{"a":{}}')],
  ...['F4', 'F6_E2M3', 'f32', '', 'float32', 'constructor', 'F32\\u0000'].map(
    (dtype): Case => [
      'safetensors-unknown-dtype',
      dtype,
      read(`{"x":{"dtype":"${dtype}","shape":[1],"data_offsets":[0,1]}}`, [1]),
      ['x', 'dtype'],
    ],
  ),
  ...[
    '-1',
    '-0',
    '1.0',
    '1.5',
    '1e0',
    '01',
    '+1',
    '9007199254740992',
    '18446744073709551617',
    '1e999',
    '-',
    '.',
  ].map(
    (dimension): Case => [
      'safetensors-invalid-dimension',
      dimension,
      shaped(`[1,${dimension}]`),
      ['x', 'shape', 1],
    ],
  ),
  ...[-1, 0.5, Number.NaN, 2 ** 53].map(
    (dimension): Case => [
      'safetensors-invalid-dimension',
      `${dimension} on writing`,
      f64([dimension], 1),
      ['x', 'shape', 0],
    ],
  ),
  ['safetensors-too-many-dimensions', '65', shaped(`[${Array(65).fill(1)}]`)],
  ['safetensors-too-many-dimensions', '65 on writing', f64(Array(65).fill(1), 1)],
  ['safetensors-tensor-too-large', '2^64 elements', shaped('[4294967296,4294967296]')],
  ['safetensors-tensor-too-large', '2^64 + 1 elements', shaped('[274177,67280421310721]')],
  ['safetensors-tensor-too-large', 'times zero', shaped('[0,4294967296,4294967296]')],
  [
    'safetensors-tensor-too-large',
    'by the size of an element',
    read('{"x":{"dtype":"F64","shape":[1125899906842624],"data_offsets":[0,1]}}', [1]),
  ],
  ['safetensors-tensor-too-large', 'on writing', f64([2 ** 30, 2 ** 30], 1)],
  ...[
    '[]',
    '[0]',
    '[0,1,2]',
    '[1,0]',
    '[-1,0]',
    '[0,1.0]',
    '[0,9007199254740992]',
    '[9007199254740991,9007199254740991]',
  ].map((offsets): Case => ['safetensors-invalid-offsets', offsets, placed(offsets)]),
  ['safetensors-size-mismatch', 'too few', shaped('[2]')],
  ['safetensors-size-mismatch', 'too many', shaped('[0]')],
  ['safetensors-size-mismatch', 'dtype', read(handmadeHeader(['x', 'F64', [1], 0, 4]), [1, 2, 3, 4])],
  ['safetensors-offset-out-of-range', 'by one', read(handmadeHeader(['x', 'U8', [2], 0, 2]), [1])],
  [
    'safetensors-offset-out-of-range',
    'a terabyte in a small file',
    read(handmadeHeader(['x', 'U8', [1e12], 0, 1e12]), [1]),
  ],
  ['safetensors-offset-out-of-range', 'begins beyond the end', placed('[1000,1001]')],
  ['safetensors-overlap', 'partly', two([0, 3], [2, 4], 4), ['b', 'data_offsets']],
  ['safetensors-overlap', 'the same bytes', two([0, 3], [0, 3], 3)],
  ['safetensors-overlap', 'none inside another', two([0, 3], [2, 2], 3)],
  ['safetensors-hole', 'at the start', read(handmadeHeader(['x', 'U8', [1], 1, 2]), [1, 2])],
  ['safetensors-hole', 'between', two([0, 1], [2, 3], 3), ['b', 'data_offsets']],
  ['safetensors-hole', 'before one without elements', two([0, 1], [2, 2], 2)],
  ['safetensors-trailing-bytes', 'after the last', read(handmadeHeader(['x', 'U8', [1], 0, 1]), [1, 2])],
  ['safetensors-trailing-bytes', 'without tensors', read('{}', bytesOf('PK'))],
  ['safetensors-unsupported-dtype', 'I64', read(handmadeHeader(['x', 'I64', [1], 0, 8]), new Uint8Array(8))],
  [
    'safetensors-unsupported-dtype',
    'on writing',
    () => encodeSafetensors({ x: { ...scalar, dtype: JSON.parse('"F16"') } }),
    ['x', 'dtype'],
  ],
  [
    'safetensors-byte-length',
    'one too few',
    () =>
      decodeTensor(new Uint8Array(7), {
        name: 'x',
        dtype: 'F64',
        shape: [1],
        byteOffset: 100,
        byteLength: 8,
      }),
    ['x'],
  ],
  [
    'safetensors-data-type',
    'a plain array',
    () => encodeSafetensors({ x: { shape: [1], data: JSON.parse('[1]') } }),
    ['x', 'data'],
  ],
  ['safetensors-shape-mismatch', 'too few', f64([2, 3], 5), ['x', 'shape']],
  ['safetensors-shape-mismatch', 'no scalar', f64([], 0), ['x', 'shape']],
  ['safetensors-shape-mismatch', 'not empty', f64([3, 0], 3), ['x', 'shape']],
  [
    'safetensors-float32-overflow',
    '1e39',
    () => encodeSafetensors({ x: { shape: [2], data: Float64Array.of(1, -1e39), dtype: 'F32' } }),
    ['x', 'data', 1],
  ],
  [
    'safetensors-file-too-large',
    '32 TiB',
    () => {
      const data = new Float32Array(2 ** 24);
      const tensor = { shape: [2 ** 24], data, dtype: 'F64' } as const;
      return encodeSafetensors(new Map(Array.from({ length: 2 ** 18 }, (_, i) => [`${i}`, tensor])));
    },
  ],
];

describe('refusals of the codec', () => {
  it.each(cases)('%s: %s', (code, _, act, path) => {
    const error = refusalOf(act);
    expect(error.code, error.message).toBe(code);
    if (path !== undefined) expect(error.path).toEqual(path);
  });

  it('each have a case here', () => {
    expect(new Set(cases.map(([code]) => code))).toEqual(new Set(SAFETENSORS_ERROR_CODES));
  });

  it('name the dtype that cannot be decoded, and what to do', () => {
    const error = refusalOf(read(handmadeHeader(['mask', 'BOOL', [1], 0, 1]), [1]));
    expect(error).toMatchObject({ path: ['mask', 'dtype'], received: 'BOOL' });
    expect(error.remedy).toContain('decodeTensor');
  });

  it('have short messages without control characters, however the name is', () => {
    const name = `\u001b[31m\n${'x'.repeat(10_000)}`;
    const { message, received } = refusalOf(read(handmadeHeader([name, 'U8', [2], 0, 1]), [1]));
    expect(message).toMatch(/^[ -~…]{20,200}$/);
    expect(received).toBe('1 bytes');
  });

  it('leave the prototype of objects alone', () => {
    refusalOf(read('{"__metadata__":{"__proto__":"x"}}'));
    refusalOf(read(`{"__proto__":{"polluted":{},${U8}}}`, [1]));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
