import { randomStream } from '@svf-alignment/core';
import { expect, it } from 'vitest';
import { type ContextContent, drawContexts } from '../../../src/experiments/toy/attentionContexts.ts';
import { alignedConfig } from './alignedModel.ts';

const [pair] = alignedConfig.targets;
const draw = (count: number, content: ContextContent = {}) =>
  drawContexts(alignedConfig, count, randomStream(1, 'test'), () => content);

it('draws features as often and as strong as in training', () => {
  const { queries, attended, others } = draw(500);
  for (const tokens of [queries, attended]) {
    const all = tokens.to1DArray();
    const present = all.filter((value) => value > 0);
    expect(present.length / all.length).toBeCloseTo(alignedConfig.featureProbability, 1);
    expect(present.reduce((sum, value) => sum + value, 0) / present.length).toBeCloseTo(0.5, 1);
  }
  expect(others.mean()).toBeCloseTo(alignedConfig.featureProbability / 2, 1);
  expect(others.max()).toBeLessThan(1);
});

it('shows of the features of interest only the pairs asked for, in the query and the attended key', () => {
  const { queries, attended, others } = draw(20, { pairs: [pair], strength: 0.7 });
  for (let context = 0; context < 20; context += 1) {
    expect(queries.getRow(context).slice(0, 4)).toEqual([0.7, 0, 0, 0]);
    expect(attended.getRow(context).slice(0, 4)).toEqual([0, 0, 0.7, 0]);
    expect(others.getRow(context).slice(0, 4)).toEqual([0, 0, 0, 0]);
  }
});

it('draws the same other features whatever pairs are present', () => {
  const rest = (content?: ContextContent) => {
    const { queries, attended, others } = draw(1, content);
    return [queries, attended, others].map((tokens) => tokens.getRow(0).slice(4));
  };
  expect(rest({ pairs: [pair], strength: 1 })).toEqual(rest({ pairs: [] }));
  expect(rest({ pairs: [] })).toEqual(rest());
});
