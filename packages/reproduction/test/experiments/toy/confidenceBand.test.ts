import { expect, it } from 'vitest';
import { confidenceBand } from '../../../src/experiments/toy/confidenceBand.ts';

it('is the mean ± t · s/√n at each point', () => {
  const { mean, low, high } = confidenceBand([
    Float64Array.of(1, 5),
    Float64Array.of(2, 5),
    Float64Array.of(3, 5),
  ]);
  const half = (4.303 * 1) / Math.sqrt(3);
  expect([...mean]).toEqual([2, 5]);
  expect(low[0]).toBeCloseTo(2 - half, 10);
  expect(high[0]).toBeCloseTo(2 + half, 10);
  expect([low[1], high[1]]).toEqual([5, 5]);
});

it('is narrower with more curves, and a line with one', () => {
  const curves = (count: number) => Array.from({ length: count }, (_, i) => Float64Array.of(i % 2));
  const width = (count: number) => {
    const { low, high } = confidenceBand(curves(count));
    return high[0] - low[0];
  };
  expect(width(1)).toBe(0);
  expect(width(20)).toBeLessThan(width(4));
});
