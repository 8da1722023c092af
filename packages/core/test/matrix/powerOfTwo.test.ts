import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsFrom } from '../../src/matrix/columns.ts';
import { binaryExponent, powerOfTwo, scaleByPowerOfTwo } from '../../src/matrix/powerOfTwo.ts';
import { scaledToUnit } from '../../src/matrix/scaled.ts';
import { gaussian } from '../svd/measures.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('powers of two', () => {
  it('are exact over the normal range', () => {
    expect([powerOfTwo(-1022), powerOfTwo(0), powerOfTwo(1023)]).toEqual([
      2.2250738585072014e-308,
      1,
      2 ** 1023,
    ]);
    let expected = 1;
    for (let n = 0; n <= 1000; n += 1, expected *= 2) expect(powerOfTwo(n)).toBe(expected);
  });

  it('bracket every number: 2ᵉ ≤ |x| < 2ᵉ⁺¹', () => {
    fc.assert(
      fc.property(finite, (x) => {
        fc.pre(x !== 0);
        const unit = Math.abs(scaleByPowerOfTwo(x, -binaryExponent(x)));
        expect(unit >= 1 && unit < 2).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect([binaryExponent(5e-324), binaryExponent(-1), binaryExponent(Number.MAX_VALUE)]).toEqual([
      -1074, 0, 1023,
    ]);
  });

  it('scale there and back without rounding, and to 0 or ∞ beyond', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: -40, max: 40 }), (x, n) => {
        fc.pre(Math.abs(x) > 1e-290 && Math.abs(x) < 1e290);
        expect(scaleByPowerOfTwo(scaleByPowerOfTwo(x, n), -n)).toBe(x);
      }),
    );
    expect(scaleByPowerOfTwo(1, -5000)).toBe(0);
    expect(scaleByPowerOfTwo(1, 5000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('bring the largest entry of a matrix into [1, 2)', () => {
    for (const scale of [1e-310, 1e-200, 1, 1e200, 1e307]) {
      const { scaled, exponent } = scaledToUnit(columnsFrom(gaussian(3, 4, 1).mul(scale)));
      const largest = scaled.values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
      expect(largest >= 1 && largest < 2).toBe(true);
      expect(scaleByPowerOfTwo(largest, exponent)).toBeGreaterThan(0);
    }
  });
});
