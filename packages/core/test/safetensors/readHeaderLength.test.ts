import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_HEADER_BYTES, readHeaderLength } from '../../src/safetensors/index.ts';
import { atOddAddress, refusalOf } from './handmade.ts';

function lengthField(length: bigint): Uint8Array<ArrayBuffer> {
  const field = new Uint8Array(8);
  new DataView(field.buffer).setBigUint64(0, length, true);
  return field;
}

describe('readHeaderLength', () => {
  it('reads a little-endian integer at any address', () => {
    expect(readHeaderLength(Uint8Array.of(0x34, 0x12, 0, 0, 0, 0, 0, 0), 1e6)).toBe(0x1234);
    expect(readHeaderLength(atOddAddress(lengthField(77n)), 1000)).toBe(77);
  });

  it('takes more than eight bytes, and reads the first eight', () => {
    expect(readHeaderLength(Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d), 10)).toBe(2);
  });

  it('returns a length that fits into the file and the limit, or refuses', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.maxSafeNat(), (length, fileSize) => {
        const fits = length <= BigInt(MAX_HEADER_BYTES) && length + 8n <= BigInt(fileSize);
        if (fits) expect(readHeaderLength(lengthField(length), fileSize)).toBe(Number(length));
        else
          expect(refusalOf(() => readHeaderLength(lengthField(length), fileSize)).code).toMatch(
            /^safetensors-/,
          );
      }),
    );
  });

  it('knows the largest header and the smallest file it fits into', () => {
    const field = lengthField(BigInt(MAX_HEADER_BYTES));
    expect(readHeaderLength(field, MAX_HEADER_BYTES + 8)).toBe(MAX_HEADER_BYTES);
    expect(refusalOf(() => readHeaderLength(field, MAX_HEADER_BYTES + 7)).code).toBe(
      'safetensors-header-beyond-file',
    );
    const longer = lengthField(BigInt(MAX_HEADER_BYTES) + 1n);
    expect(refusalOf(() => readHeaderLength(longer, 1e12)).code).toBe('safetensors-header-too-long');
  });

  it('is not fooled by a length whose low 53 bits are small', () => {
    const code = refusalOf(() => readHeaderLength(lengthField(2n ** 63n + 2n), 1e6)).code;
    expect(code).toBe('safetensors-header-too-long');
  });
});
