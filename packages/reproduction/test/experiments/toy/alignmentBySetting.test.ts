import { expect, it } from 'vitest';
import { alignmentBySetting } from '../../../src/experiments/toy/alignmentBySetting.ts';
import { sampleOutcome } from './sampleSweep.ts';

const outcomes = [
  sampleOutcome(4, 'mean', 0, 0.8),
  sampleOutcome(4, 'mean', 1, 0.6, [8, 1, 0]),
  sampleOutcome(2, 'mean', 0, 1),
  sampleOutcome(2, 'sum', 0, 0.1),
];

it('collects the seeds of each value, in the order of the sweep', () => {
  const settings = alignmentBySetting(outcomes, 'mean');
  expect(settings.map(({ value, means }) => [value, means])).toEqual([
    [4, [0.8, 0.6]],
    [2, [1]],
  ]);
  const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));
  expect(settings[0].features).toEqual(close([0.7, 0.7, 0.35, 0.35]));
  expect(settings[0].bestMeans).toEqual(close([0.9, 0.7]));
});

it('keeps the two losses apart', () => {
  expect(alignmentBySetting(outcomes, 'sum').map(({ value, means }) => [value, means])).toEqual([[2, [0.1]]]);
});

it('counts the pairs that the worst seed has learned', () => {
  expect(alignmentBySetting(outcomes, 'mean').map(({ learned }) => learned)).toEqual([1, 2]);
});
