import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine, sine } from '../../src/elementary/cosine.ts';
import { exponential } from '../../src/elementary/exponential.ts';
import { logarithm } from '../../src/elementary/logarithm.ts';

/** Relative error in units of the last place; the host's functions are within one. */
function ulps(actual: number, expected: number): number {
  return Math.abs(actual - expected) / (Math.abs(expected) * Number.EPSILON);
}

/** The bits of a number: golden values are compared exactly, since they must not differ between machines. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

describe('exponential', () => {
  it('is within 4 ulp of the host over its range', () => {
    fc.assert(
      fc.property(fc.double({ min: -699, max: 699, noNaN: true }), (x) => {
        expect(ulps(exponential(x), Math.exp(x))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact where the result is', () => {
    expect(exponential(0)).toBe(1);
    expect(exponential(-0)).toBe(1);
  });
});

describe('logarithm', () => {
  it('is within 4 ulp of the host, from subnormal to the largest', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        fc.pre(x !== 1);
        expect(ulps(logarithm(x), Math.log(x))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 2000 },
    );
    expect(logarithm(1)).toBe(0);
    expect(ulps(logarithm(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
    expect(ulps(logarithm(Number.MAX_VALUE), Math.log(Number.MAX_VALUE))).toBeLessThanOrEqual(1);
  });

  it('keeps relative accuracy beside 1, where it vanishes', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.3, max: 0.3, noNaN: true }), (offset) => {
        const x = 1 + offset;
        fc.pre(x !== 1);
        expect(ulps(logarithm(x), Math.log(x))).toBeLessThanOrEqual(4);
      }),
      { numRuns: 2000 },
    );
  });

  it('undoes the exponential', () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: 300, noNaN: true }), (x) => {
        expect(Math.abs(logarithm(exponential(x)) - x)).toBeLessThan(4e-16 * (2 + Math.abs(x)));
      }),
    );
  });
});

describe('cosine and sine', () => {
  it('are within 1e-15 of the host up to a million', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(1e-15);
        expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-15);
      }),
      { numRuns: 3000 },
    );
  });

  it('are within 1e-15 of the host at multiples of π/4, where the reduction turns', () => {
    for (let n = -4000; n <= 4000; n += 1) {
      const x = (n * Math.PI) / 4;
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(1e-15);
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(1e-15);
    }
  });

  it('are even and odd, and on the unit circle', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e4, noNaN: true }), (x) => {
        expect(cosine(-x)).toBe(cosine(x));
        expect(sine(-x) + sine(x)).toBe(0);
        expect(cosine(x) ** 2 + sine(x) ** 2).toBeCloseTo(1, 14);
      }),
    );
    expect(cosine(0)).toBe(1);
    expect(sine(0)).toBe(0);
  });
});

describe('all of them are the same on every machine', () => {
  it.each([
    [
      'exponential',
      exponential,
      [1, -1, 0.1, 10.5, -300.25],
      ['4005bf0a8b14576a', '3fd78b56362cef38', '3ff1aec7b35a00d4', '40e1bb7015e84d3b', '24dc758233102ace'],
    ],
    [
      'logarithm',
      logarithm,
      [2, 3, 10, 0.1, 1e-300],
      ['3fe62e42fefa39ef', '3ff193ea7aad030a', '40026bb1bbb55515', 'c0026bb1bbb55515', 'c085963447f87fb5'],
    ],
    [
      'cosine',
      cosine,
      [1, 2, 3, 100, 12345.678],
      ['3fe14a280fb5068c', 'bfdaa22657537205', 'bfefae04be85e5d2', '3feb981dbf665fe0', '3fe6b94c3bbe24b8'],
    ],
    [
      'sine',
      sine,
      [1, 2, 3, 100, 12345.678],
      ['3feaed548f090cee', '3fed18f6ead1b446', '3fc210386db6d55b', 'bfe03425b78c4db8', 'bfe687d5890974a5'],
    ],
  ] as const)('%s', (_, f, points, golden) => {
    expect(points.map((x) => bits(f(x)))).toEqual(golden);
  });
});
