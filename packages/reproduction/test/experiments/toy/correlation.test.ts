import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { correlation } from '../../../src/experiments/toy/correlation.ts';

it('is known for a few numbers', () => {
  expect(correlation([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 15);
  expect(correlation([1, 2, 3], [5, 5, 5])).toBe(0);
});

it('is ±1 on a line, whatever its slope and offset', () => {
  const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 50 }), fc.integer(), (x, slope, offset) => {
      const line = (sign: number) => x.map((value) => sign * slope * value + (offset % 1000));
      expect(correlation(x, line(1))).toBeCloseTo(1, 9);
      expect(correlation(x, line(-1))).toBeCloseTo(-1, 9);
    }),
  );
});
