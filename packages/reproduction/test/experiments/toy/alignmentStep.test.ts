import { expect, it } from 'vitest';
import { alignmentStep } from '../../../src/experiments/toy/alignmentStep.ts';

it('dates alignment from when it stays', () => {
  const curve = [
    [0, 0.2],
    [100, 0.95],
    [200, 0.8],
    [300, 0.91],
    [400, 0.99],
  ];
  expect(alignmentStep(curve)).toBe(300);
});

it('has no date where it does not come or does not stay', () => {
  expect(alignmentStep([[0, 0.1]])).toBeNull();
  expect(
    alignmentStep([
      [0, 0.95],
      [100, 0.9],
    ]),
  ).toBeNull();
});
