import { parseToyConfig, zeroParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { lastIsShared, sharedVectors } from '../../../src/experiments/toy/sharedVectors.ts';

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

it('tells who shares the last singular vector', () => {
  const shared = sharedVectors(config, model());
  expect(shared.query).toEqual([0, 1, 1]);
  expect(shared.key).toEqual([0, 1, 1]);
  for (const cosine of shared.own) expect(cosine).toBeCloseTo(1, 12);
  expect(lastIsShared(shared)).toBe(true);
});

it('sees one feature of a late pair on another singular vector', () => {
  const shared = sharedVectors(config, model([0.8, 0.6]));
  expect(shared.query).toEqual([0, 1, 0]);
  expect(lastIsShared(shared)).toBe(false);
});

it('takes the worse side of the pair of a rank', () => {
  const parameters = model();
  parameters.W[1 * config.features + 0] = 1; // the first query feature halfway between u0 and u1
  const { own } = sharedVectors(config, parameters);
  expect(own[0]).toBeCloseTo(Math.SQRT1_2, 12);
  expect(own[1]).toBeCloseTo(1, 12);
});
