import { randomStream } from '@svf-alignment/core';
import { expect, it } from 'vitest';
import { drawContexts } from '../../../src/experiments/toy/attentionContexts.ts';
import { contributionStrengths, slope } from '../../../src/experiments/toy/contributionStrengths.ts';
import { alignedConfig, alignedParameters } from './alignedModel.ts';

it('reads the strength that attention sees: above the other keys', () => {
  const contexts = drawContexts(alignedConfig, 50, randomStream(0, 'test'), () => ({}));
  const pairs = contributionStrengths(alignedConfig, alignedParameters(), contexts);
  expect(pairs.map(({ rank, target }) => [rank, target])).toEqual([
    [0, 8],
    [1, 5],
  ]);
  for (const { relative, contribution, target } of pairs) {
    relative.forEach((value, i) => {
      expect(contribution[i]).toBeCloseTo(target * value, 10);
    });
    expect(slope(relative, contribution)).toBeCloseTo(target, 10);
  }
});

it('multiplies the strengths in the query and the attended key', () => {
  const contexts = drawContexts(alignedConfig, 1, randomStream(0, 'test'), () => ({
    pairs: alignedConfig.targets,
    strength: 0.5,
  }));
  const [{ product, relative }] = contributionStrengths(alignedConfig, alignedParameters(), contexts);
  expect(product[0]).toBeCloseTo(0.25, 12);
  expect(relative[0]).toBeCloseTo(0.25, 12); // no other key has the feature
});

it('has no slope where nothing is present', () => {
  expect(slope(new Float64Array(3), Float64Array.of(1, 2, 3))).toBe(0);
});
