import { expect, it } from 'vitest';
import type { TrainingDynamics } from '../../../src/experiments/toy/trainingDynamics.ts';
import { trainingMoments } from '../../../src/experiments/toy/trainingMoments.ts';

const steps = Float64Array.of(0, 500, 1000, 1500, 2000);
const curve = (...values: number[]) => Float64Array.from(values);

function dynamics(changes: Partial<TrainingDynamics> = {}): TrainingDynamics {
  const settled = { left: [curve(1, 1, 1, 1, 1)], right: [curve(1, 1, 1, 1, 1)] };
  return {
    steps,
    vectors: settled,
    features: settled,
    alignment: settled,
    aligned: [[false, false, true, true, true]],
    attention: curve(3, 3, 2, 1, 1),
    klDivergence: curve(2, 2, 1, 0.5, 0.5),
    ...changes,
  };
}

it('dates an alignment from when it stays, and measures the loss around it', () => {
  const moments = trainingMoments(dynamics({ aligned: [[true, false, true, true, true]] }));
  expect(moments.aligned).toEqual([1000]);
  expect(moments.lossDrop[0]).toBeCloseTo(1 - 0.5 / 2, 12);
});

it('has no date for what does not last', () => {
  const moments = trainingMoments(dynamics({ aligned: [[true, true, true, true, false]] }));
  expect(moments.aligned).toEqual([null]);
  expect(moments.lossDrop).toEqual([null]);
});

it('dates settling by the slowest direction of both sides', () => {
  const moments = trainingMoments(
    dynamics({
      features: { left: [curve(0.5, 0.99, 0.99, 0.99, 1)], right: [curve(0.5, 0.5, 0.96, 0.99, 1)] },
      vectors: { left: [curve(0.99, 0.99, 0.9, 0.99, 1)], right: [curve(1, 1, 1, 1, 1)] },
    }),
  );
  expect(moments.featuresSettle).toBe(1000);
  expect(moments.vectorsSettle).toBe(1500);
});
