import { initialState, parseToyConfig, type TrainingResult, zeroParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { singlePair } from '../../src/experiments/fig-01b.ts';

const config = parseToyConfig({
  features: 6,
  dimension: 4,
  headDimension: 2,
  targets: [{ query: 0, key: 1, target: 7 }],
});

/** Features 0 and 1 along the first axes, the others as two antipodal pairs along the last; Ω = 7 e₀e₁ᵀ. */
function ideal(): TrainingResult {
  const parameters = zeroParameters(config);
  const set = (feature: number, dimension: number, value: number) => {
    parameters.W[dimension * config.features + feature] = value;
  };
  set(0, 0, 1.2);
  set(1, 1, 0.9);
  set(2, 2, 1);
  set(3, 2, -1);
  set(4, 3, 1);
  set(5, 3, -1);
  parameters.A[0] = 7;
  parameters.B[config.headDimension] = 1;
  const losses = { total: 0, reconstruction: 0, attention: 0, klDivergence: 0 };
  const state = { ...initialState(config), parameters };
  return { config, engine: 'none', state, losses, snapshots: [], millisecondsPerStep: 0 };
}

it('finds nothing wrong with an ideal model', () => {
  const found = singlePair(ideal());
  expect(found.queryCosine).toBeCloseTo(1, 12);
  expect(found.keyCosine).toBeCloseTo(1, 12);
  expect(found.singularValue).toBeCloseTo(7, 12);
  expect(found.secondShare).toBeCloseTo(0, 12);
  expect(found.interference).toBeCloseTo(0, 12);
  expect(found.chainQuery).toBeCloseTo(1, 12);
  expect(found.chainKey).toBeCloseTo(1, 12);
  expect(found.restDeviation).toBeCloseTo(0, 12);
});

it('sees interference with another feature', () => {
  const model = ideal();
  model.state.parameters.W[2] = 1; // w₂ leans towards w₀: cos 45°
  expect(singlePair(model).interference).toBeCloseTo(Math.SQRT1_2, 12);
});

it('sees a head that looks elsewhere', () => {
  const model = ideal();
  model.state.parameters.A[0] = 0;
  model.state.parameters.A[2 * config.headDimension] = 7; // Ω = 7 e₂e₁ᵀ
  const found = singlePair(model);
  expect(found.queryCosine).toBeCloseTo(0, 12);
  expect(found.chainQuery).toBeCloseTo(0, 12);
  expect(found.keyCosine).toBeCloseTo(1, 12);
});

it('sees features that are not spread evenly', () => {
  const model = ideal();
  model.state.parameters.W[2 * config.features + 2] = 2; // frame diag(5, 2) in the last two dimensions
  expect(singlePair(model).restDeviation).toBeCloseTo(1.5 / 3.5, 12);
});
