import { parseToyConfig, zeroParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { oneToOne, restOnOne, sharedVectors } from '../../../src/experiments/toy/sharedVectors.ts';

const config = parseToyConfig({
  features: 6,
  dimension: 4,
  headDimension: 2,
  targets: [
    { query: 0, key: 3, target: 4 },
    { query: 1, key: 4, target: 3 },
    { query: 2, key: 5, target: 2 },
  ],
});

/** Ω = 4 e₀e₂ᵀ + 3 e₁e₃ᵀ; pair 0 along the first term, pairs 1 and 2 both along the second. */
function model(thirdQuery: readonly [number, number] = [0, 1]) {
  const parameters = zeroParameters(config);
  const { W, A, B } = parameters;
  const set = (feature: number, dimension: number, value: number) => {
    W[dimension * config.features + feature] = value;
  };
  set(0, 0, 1);
  set(1, 1, 1);
  set(2, 0, thirdQuery[0]);
  set(2, 1, thirdQuery[1]);
  set(3, 2, 1);
  set(4, 3, 1);
  set(5, 3, 1);
  A[0] = 4;
  B[2 * 2] = 1;
  A[1 * 2 + 1] = 3;
  B[3 * 2 + 1] = 1;
  return parameters;
}

it('tells who has a singular vector to itself, and who shares one', () => {
  const shared = sharedVectors(config, model());
  expect(shared.query).toEqual([0, 1, 1]);
  expect(shared.key).toEqual([0, 1, 1]);
  for (const cosine of shared.cosines) expect(cosine).toBeCloseTo(1, 12);
  expect([1, 2, 3].map((pairs) => oneToOne(shared, pairs))).toEqual([true, true, false]);
  expect([0, 1, 2].map((first) => restOnOne(shared, first))).toEqual([false, true, false]);
});

it('sees one feature of a late pair on another singular vector', () => {
  const shared = sharedVectors(config, model([0.8, 0.6]));
  expect(shared.query).toEqual([0, 1, 0]);
  expect(shared.cosines[2]).toBeCloseTo(0.8, 12);
  expect(restOnOne(shared, 1)).toBe(false);
});

it('takes one to one in any order, but the same on both sides', () => {
  const cosines = [1, 1];
  expect(oneToOne({ query: [1, 0], key: [1, 0], cosines }, 2)).toBe(true);
  expect(oneToOne({ query: [1, 0], key: [0, 1], cosines }, 2)).toBe(false);
});
