import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bfloat16Value, float16Value } from '../../src/safetensors/halfPrecision.ts';

/** The value by the definition of IEEE 754: sign, biased exponent, fraction. */
function byDefinition(half: number, exponentBits: number): number {
  const fractionBits = 15 - exponentBits;
  const sign = half >= 0x8000 ? -1 : 1;
  const exponent = Math.floor((half % 0x8000) / 2 ** fractionBits);
  const fraction = (half % 2 ** fractionBits) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1)
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

/** SHA-256 of all 65,536 values as little-endian doubles, every NaN as 0x7ff8000000000000. */
function digest(value: (half: number) => number): string {
  const doubles = new DataView(new ArrayBuffer(8 * 65536));
  for (let half = 0; half < 65536; half += 1) {
    const decoded = value(half);
    if (Number.isNaN(decoded)) doubles.setBigUint64(8 * half, 0x7ff8000000000000n, true);
    else doubles.setFloat64(8 * half, decoded, true);
  }
  return createHash('sha256').update(new Uint8Array(doubles.buffer)).digest('hex');
}

function differences(value: (half: number) => number, exponentBits: number): number[] {
  const found: number[] = [];
  for (let half = 0; half < 65536; half += 1)
    if (!Object.is(value(half), byDefinition(half, exponentBits))) found.push(half);
  return found;
}

describe('float16Value', () => {
  it('agrees with the definition of binary16 for all 65,536 values, signs of zero included', () => {
    expect(differences(float16Value, 5)).toEqual([]);
  });

  it('agrees with Python (struct format "e") for all 65,536 values', () => {
    expect(digest(float16Value)).toBe('ecc18b9b372011f0402dc5e75578328f4b1582c725748617e1451a3ccc7981a5');
  });

  it.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x8000, -0],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfe00, Number.NaN],
  ])('of the bits %i is %d', (half, value) => {
    expect(float16Value(half)).toBe(value);
  });
});

describe('bfloat16Value', () => {
  it('agrees with the definition of bfloat16 for all 65,536 values, signs of zero included', () => {
    expect(differences(bfloat16Value, 8)).toEqual([]);
  });

  it('agrees with Python (upper half of struct format "f") for all 65,536 values', () => {
    expect(digest(bfloat16Value)).toBe('6a00f29e7303e153fd9ec155cefb51fd665981aa463226c50006bc72f6739520');
  });
});
