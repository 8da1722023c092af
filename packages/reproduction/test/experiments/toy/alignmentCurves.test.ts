import { expect, it } from 'vitest';
import { alignmentCurves } from '../../../src/experiments/toy/alignmentCurves.ts';
import type { Reconstruction } from '../../../src/experiments/toy/robustnessTask.ts';
import { sampleOutcome } from './sampleSweep.ts';

function outcome(value: number, reconstruction: Reconstruction, seed: number, means: readonly number[]) {
  const { config, result } = sampleOutcome(value, reconstruction, seed, 1);
  const data = Float64Array.from(means.flatMap((mean, i) => [100 * i, mean]));
  return { config, result: { ...result, tensors: { curve: { shape: [means.length, 2], data } } } };
}

it('is the mean over seeds at each step, for one of the losses', () => {
  const outcomes = [
    outcome(2, 'mean', 0, [0, 0.5]),
    outcome(2, 'mean', 1, [0.5, 1]),
    outcome(1, 'mean', 0, [0, 1]),
    outcome(1, 'sum', 0, [0.25, 0.25]),
  ];
  expect(alignmentCurves(outcomes, 'mean')).toEqual([
    {
      value: 2,
      curve: [
        [0, 0.25],
        [100, 0.75],
      ],
    },
    {
      value: 1,
      curve: [
        [0, 0],
        [100, 1],
      ],
    },
  ]);
  expect(alignmentCurves(outcomes, 'sum')).toHaveLength(1);
});
