import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankCorrelation } from '../../../src/experiments/toy/rankCorrelation.ts';

it('sees order only', () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 2, 3, 4], [5, 4, 3, -9])).toBeCloseTo(-1, 12);
});

it('gives equal numbers their mean rank', () => {
  // ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4
  expect(rankCorrelation([0, 7, 7, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  expect(rankCorrelation([3, 3, 3], [1, 2, 3])).toBe(0);
});

it('does not depend on the order of the points, nor on which side is which', () => {
  const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 2,
  });
  fc.assert(
    fc.property(points, (pairs) => {
      const a = pairs.map(([x]) => x);
      const b = pairs.map(([, y]) => y);
      const value = rankCorrelation(a, b);
      expect(Math.abs(value)).toBeLessThanOrEqual(1);
      expect(rankCorrelation(b, a)).toBeCloseTo(value, 10);
      expect(rankCorrelation([...a].reverse(), [...b].reverse())).toBeCloseTo(value, 10);
    }),
  );
});
