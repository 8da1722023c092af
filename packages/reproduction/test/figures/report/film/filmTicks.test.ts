import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decades, linearTicks } from '../../../../src/figures/report/film/filmTicks.ts';

test.each([
  [24, [0, 5, 10, 15, 20, 25]],
  [25, [0, 5, 10, 15, 20, 25]],
  [10_000, [0, 2000, 4000, 6000, 8000, 10_000]],
  [0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]],
  [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])('up to %d', (most, ticks) => {
  expect(linearTicks(most)).toEqual(ticks);
});

test('the last tick reaches the largest number with four to ten steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (most) => {
      const ticks = linearTicks(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
      expect(ticks.at(-2)).toBeLessThan(most);
      expect(ticks.length).toBeGreaterThanOrEqual(5);
      expect(ticks.length).toBeLessThanOrEqual(11);
    }),
  );
});

test('powers of ten begin at or below the least number', () => {
  expect(decades(2e-4, 3)).toEqual([-4, -3, -2, -1, 0]);
  expect(decades(0.2, 0.9)).toEqual([-1]);
});
