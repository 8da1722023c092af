import { randomStream } from '@svf-alignment/core';
import { initialParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { contextsByClass, sparsityByClass } from '../../../src/experiments/toy/sparsityByClass.ts';
import { alignedConfig, alignedParameters } from './alignedModel.ts';

const contexts = contextsByClass(alignedConfig, 200, randomStream(0, 'test'));

it('is least for one contribution, more for two, and one of noise without a pair', () => {
  const { one, two, none } = sparsityByClass(alignedConfig, alignedParameters(1e-6), contexts);
  expect(one).toBeCloseTo(1 / 3, 5);
  expect(two).toBeGreaterThan(0.5); // two of three, not of equal size
  expect(two).toBeLessThan(2 / 3);
  expect(none).toBeCloseTo(1 / 3, 5); // only the third singular vector sees anything
});

it('tells classes not apart before training', () => {
  const { one, two, none } = sparsityByClass(alignedConfig, initialParameters(alignedConfig), contexts);
  for (const a of [one, two, none]) {
    expect(a).toBeGreaterThan(0.45);
    expect(a).toBeLessThan(0.85);
  }
});
