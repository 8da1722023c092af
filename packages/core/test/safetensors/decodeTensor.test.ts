import { describe, expect, it } from 'vitest';
import { type Dtype, decodeTensor, type TensorEntry } from '../../src/safetensors/index.ts';
import { atOddAddress } from './handmade.ts';

function entry(dtype: Dtype, shape: readonly number[], byteLength: number): TensorEntry {
  return { name: 'x', dtype, shape, byteOffset: 8, byteLength };
}

describe('decodeTensor', () => {
  // [dtype, little-endian bytes, values]
  const examples: [Dtype, number[], number[]][] = [
    ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 1, 0, 0, 0, 0, 0, 0, 0x80], [1.5, -Number.MIN_VALUE]],
    ['F32', [0xcd, 0xcc, 0xcc, 0x3d, 0, 0, 0x80, 0xff], [Math.fround(0.1), Number.NEGATIVE_INFINITY]],
    ['F16', [0, 0x3e, 1, 0x80], [1.5, -(2 ** -24)]],
    ['BF16', [0xc0, 0x3f, 0xc0, 0x7f], [1.5, Number.NaN]],
  ];

  it.each(examples)('reads %s as little-endian', (dtype, bytes, values) => {
    const own = Uint8Array.from(bytes);
    expect([...decodeTensor(own, entry(dtype, [values.length], bytes.length))]).toEqual(values);
  });

  it.each(examples)('reads %s at an odd address', (dtype, bytes, values) => {
    const own = atOddAddress(Uint8Array.from(bytes));
    expect(own.byteOffset % 2).toBe(1);
    expect([...decodeTensor(own, entry(dtype, [values.length], bytes.length))]).toEqual(values);
  });

  it('reads a Node Buffer from the shared pool', () => {
    const pooled = Buffer.from([0, 0, 0xc0, 0x3f]);
    expect([...decodeTensor(pooled, entry('F32', [], 4))]).toEqual([1.5]);
  });

  it('gives an array of its own', () => {
    const bytes = new Uint8Array(8);
    const values = decodeTensor(bytes, entry('F64', [1], 8));
    bytes.fill(0xff);
    expect(values[0]).toBe(0);
  });
});
