import { initialParameters, type Snapshot, type ToyParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { decomposition } from '../../../src/experiments/toy/decomposition.ts';
import { alignedConfig, alignedParameters } from './alignedModel.ts';

const losses = { total: 0, reconstruction: 0, attention: 0, klDivergence: 0 };
const config = {
  ...alignedConfig,
  targets: [...alignedConfig.targets, { query: 4, key: 5, target: 2 }],
};

function measured(...models: ToyParameters[]) {
  const snapshots: Snapshot[] = models.map((parameters, i) => ({ step: 100 * i, parameters, losses }));
  return decomposition({ config, snapshots }, 100, 60);
}

it('finds in an ideal model what the paper says of one', () => {
  const { measures, tensors } = measured(
    initialParameters(config),
    initialParameters({ ...config, seed: 1 }),
    alignedParameters(2),
  );
  expect(measures.ownShare).toBeCloseTo(1, 10);
  expect(measures.relativeCorrelation).toBeCloseTo(1, 10);
  expect(measures.productCorrelation).toBeLessThan(0.95);
  expect(measures.slopeError).toBeCloseTo(0, 10);
  expect(measures.sparser).toBeGreaterThan(1.3);
  expect(measures.withAlignment).toBeLessThan(-0.9);
  expect(measures.sparsity.one).toBeCloseTo(1 / 3, 10);
  expect([...tensors.steps.data]).toEqual([0, 100, 200]);
  expect(tensors['example.two'].shape).toEqual([2, 3]);
  const late = [...tensors['example.two'].data.subarray(3)];
  expect(late).toEqual([8, 0, 2].map((value) => expect.closeTo(value, 10)));
  expect(tensors['strength.relative'].shape).toEqual([3, 60]);
});

it('finds none of it before training', () => {
  const start = initialParameters(config);
  const { measures } = measured(start, start);
  expect(measures.sparser).toBe(1);
  expect(measures.noneKept).toBe(1);
  expect(measures.ownShare).toBeLessThan(0.7);
  expect(measures.relativeCorrelation).toBeLessThan(0.9);
  expect(measures.slopeError).toBeGreaterThan(0.1);
});
