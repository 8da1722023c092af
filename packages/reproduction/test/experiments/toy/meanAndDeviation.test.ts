import { expect, it } from 'vitest';
import { meanAndDeviation } from '../../../src/experiments/toy/meanAndDeviation.ts';

it('is of the sample', () => {
  expect(meanAndDeviation([1, 2, 3, 6])).toEqual({ mean: 3, deviation: Math.sqrt(14 / 3) });
  expect(meanAndDeviation([5])).toEqual({ mean: 5, deviation: 0 });
});
