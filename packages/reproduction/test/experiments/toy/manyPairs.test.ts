import { parseToyConfig, zeroParameters } from '@svf-alignment/toy';
import { expect, it } from 'vitest';
import { manyPairs } from '../../../src/experiments/toy/manyPairs.ts';

const config = parseToyConfig({
  features: 6,
  dimension: 5,
  headDimension: 2,
  targets: [
    { query: 0, key: 2, target: 5 },
    { query: 1, key: 3, target: 9 },
  ],
});

/** Features 0 to 3 along the first axes, the other two along the last; Ω = 9 e₁e₃ᵀ + 5 e₀e₂ᵀ. */
function ideal() {
  const parameters = zeroParameters(config);
  const { W, A, B } = parameters;
  [0, 1, 2, 3, 4, 4].forEach((dimension, feature) => {
    W[dimension * config.features + feature] = 1;
  });
  A[1 * 2] = 9;
  B[3 * 2] = 1;
  A[0 * 2 + 1] = 5;
  B[2 * 2 + 1] = 1;
  return parameters;
}

it('finds nothing wrong with an ideal model, pairs in order of their targets', () => {
  const found = manyPairs(config, ideal());
  expect(found.aligned).toBe(4);
  for (const cosine of found.cosines) expect(cosine).toBeCloseTo(1, 12);
  expect(found.singularValues[0]).toBeCloseTo(9, 12);
  expect(found.singularValues[1]).toBeCloseTo(5, 12);
  expect(found.spectrumCorrelation).toBeCloseTo(1, 12);
  expect(found.interference).toBeCloseTo(0, 12);
});

it('sees a spectrum in the wrong order', () => {
  const parameters = ideal();
  parameters.A[1 * 2] = 3; // the pair of the larger target has the smaller singular value
  const found = manyPairs(config, parameters);
  expect(found.aligned).toBe(0);
  expect(found.singularValues[0]).toBeCloseTo(3, 12);
  expect(found.spectrumCorrelation).toBeCloseTo(-1, 12);
});

it('sees features of interest that lean on others', () => {
  const parameters = ideal();
  parameters.W[0 * config.features + 4] = 1; // w₄ halfway between its own axis and that of w₀
  const found = manyPairs(config, parameters);
  expect(found.interference).toBeCloseTo(Math.SQRT1_2, 12);
  // One of the 4 · 5 cosines of features of interest with others is not 0.
  expect(found.typicalInterference).toBeCloseTo(Math.sqrt(0.5 / 20), 12);
});
