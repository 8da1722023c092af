import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../src/matrix/dot.ts';
import { subtractProduct } from '../../src/matrix/subtractProduct.ts';
import { transposedProduct } from '../../src/matrix/transposedProduct.ts';
import { randomStream } from '../../src/random/randomStream.ts';

/** Whole numbers, so that every order of summation gives the same result and the comparison is exact. */
function integers(count: number, seed: number): Float64Array {
  const random = randomStream(seed, 'test/integers');
  return Float64Array.from({ length: count }, () => random.integer(19) - 9);
}

const size = fc.integer({ min: 0, max: 11 });
const gap = fc.integer({ min: 0, max: 3 });

describe('the kernels, for every remainder of their tiles', () => {
  it('dot', () => {
    fc.assert(
      fc.property(size, gap, gap, fc.nat(999), (length, aOffset, bOffset, seed) => {
        const a = integers(20, seed);
        const b = integers(20, seed + 1);
        let expected = 0;
        for (let i = 0; i < length; i += 1) expected += a[aOffset + i] * b[bOffset + i];
        expect(dot(a, aOffset, b, bOffset, length)).toBe(expected);
      }),
    );
  });

  it('transposedProduct writes AᵀB and nothing else', () => {
    fc.assert(
      fc.property(size, size, size, gap, gap, fc.nat(999), (length, m, n, offset, extra, seed) => {
        const stride = length + extra;
        const a = integers(offset + stride * m + length, seed);
        const b = integers(offset + stride * n + length, seed + 1);
        const out = integers(offset + (m + extra) * n + m, seed + 2);
        const expected = out.slice();
        for (let j = 0; j < n; j += 1) {
          for (let i = 0; i < m; i += 1) {
            let sum = 0;
            for (let k = 0; k < length; k += 1)
              sum += a[offset + stride * i + k] * b[offset + stride * j + k];
            expected[offset + i + (m + extra) * j] = sum;
          }
        }
        transposedProduct(a, offset, stride, m, b, offset, stride, n, length, out, offset, m + extra);
        expect(out).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('subtractProduct takes AW from C and changes nothing else', () => {
    fc.assert(
      fc.property(size, size, size, gap, gap, fc.nat(999), (length, inner, n, offset, extra, seed) => {
        const stride = length + extra;
        const a = integers(offset + stride * inner + length, seed);
        const w = integers(offset + (inner + extra) * n + inner, seed + 1);
        const c = integers(offset + stride * n + length, seed + 2);
        const expected = c.slice();
        for (let j = 0; j < n; j += 1) {
          for (let i = 0; i < inner; i += 1) {
            const weight = w[offset + i + (inner + extra) * j];
            for (let k = 0; k < length; k += 1)
              expected[offset + stride * j + k] -= a[offset + stride * i + k] * weight;
          }
        }
        subtractProduct(a, offset, stride, inner, w, offset, inner + extra, n, length, c, offset, stride);
        expect(c).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
