import { parseToyConfig, presets, zeroParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { rotaryPairs } from '../../../src/experiments/toy/rotaryPairs.ts';

const config = parseToyConfig(presets.rope);

/** Each feature of interest along an axis of its own, each pair in one coordinate of the head. */
function model(coordinates: readonly number[]) {
  const parameters = zeroParameters(config);
  const { W, A, B } = parameters;
  config.targets.forEach(({ query, key, target }, index) => {
    W[query * config.features + query] = 1;
    W[key * config.features + key] = 1;
    A[query * config.headDimension + coordinates[index]] = target;
    B[key * config.headDimension + coordinates[index]] = 1;
  });
  return parameters;
}

it('finds features where they belong', () => {
  const pairs = rotaryPairs(config, model([4, 6, 9, 3]));
  expect(pairs.map(({ positional }) => positional)).toEqual([false, false, false, true]);
  for (const { cosines, inBands } of pairs) {
    for (const value of [...cosines, ...inBands]) expect(value).toBeCloseTo(1, 12);
  }
});

it('sees steady features in fast bands, and positional ones outside of band 1', () => {
  const pairs = rotaryPairs(config, model([0, 2, 9, 5]));
  expect(pairs.map(({ inBands }) => inBands[0])).toEqual([0, 0, 1, 0]);
  expect(pairs.map(({ inBands }) => inBands[1])).toEqual([0, 0, 1, 0]);
});
