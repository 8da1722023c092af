import { Matrix } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import { unionOfBases } from '../../src/corollary1/tightFrame.ts';
import { featureMatrix } from '../../src/linear/features.ts';
import { checkCorollary1, checkTheorem1 } from '../../src/theorem1/checkTheorem1.ts';
import { predictedMinimiser } from '../../src/theorem1/predictedMinimiser.ts';

const features = [
  [1, 0],
  [0.6, 0.8],
  [0, 1],
];
const queryFeatures = featureMatrix(features);
const omega = predictedMinimiser(features, features, 3);
const input = { queryFeatures, queryIndex: 0, keyIndex: 0, omega };

describe('checkTheorem1', () => {
  it('finds that the minimiser meets the theorem', () => {
    const check = checkTheorem1({ ...input, probability: 0.5, keys: 4 });
    expect(check.hypotheses.map(({ name, holds }) => [name, holds])).toEqual([
      ['probability-inside', true],
      ['two-keys', true],
      ['query-features-span', true],
      ['key-features-span', true],
    ]);
    expect(check.holds).toBe(true);
    for (const { measured } of check.measurements ?? []) expect(measured).toBeLessThan(1e-14);
    expect(JSON.parse(JSON.stringify(check))).toEqual(check);
  });

  it('predicts Σ⁻¹q for each side, here by hand', () => {
    // Σ = [[1.36, 0.48], [0.48, 1.64]], so Σ⁻¹(1, 0)ᵀ ∝ (1.64, −0.48).
    const [x, y] = checkTheorem1(input).predicted.query;
    expect(y / x).toBeCloseTo(-0.48 / 1.64, 14);
  });

  it('measures the head as weights and as their product alike', () => {
    const queryWeights = new Matrix([[2], [-1]]);
    const keyWeights = new Matrix([[1], [1]]);
    const asWeights = checkTheorem1({ queryFeatures, queryIndex: 1, keyIndex: 2, queryWeights, keyWeights });
    const product = queryWeights.mmul(keyWeights.transpose());
    const asProduct = checkTheorem1({ ...input, queryIndex: 1, keyIndex: 2, omega: product });
    expect(asWeights.holds).toBe(false);
    for (const [k, { measured }] of (asWeights.measurements ?? []).entries()) {
      expect(measured).toBeCloseTo(asProduct.measurements?.[k].measured ?? Number.NaN, 12);
    }
  });

  it('says which hypotheses fail', () => {
    const flat = new Matrix([
      [1, -1],
      [0, 0],
    ]);
    const check = checkTheorem1({ ...input, keyFeatures: flat, probability: 1, keys: 1 });
    expect(check.hypotheses.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([
      'probability-inside',
      'two-keys',
      'key-features-span',
    ]);
    expect(check.holds).toBe(false);
  });

  it('has nothing to measure without a head', () => {
    const check = checkTheorem1({ queryFeatures, queryIndex: 0, keyIndex: 0 });
    expect(check).toMatchObject({ measurements: null, holds: null });
  });

  it.each([
    ['zero-head', { omega: Matrix.zeros(2, 2) }],
    ['invalid-option', { tolerance: -1 }],
    ['invalid-option', { tolerance: Number.NaN }],
    ['index-out-of-range', { queryIndex: 3 }],
    ['shape-mismatch', { omega: Matrix.eye(3) }],
  ])('refuses bad input: %s', (code, change) => {
    expect(() => checkTheorem1({ ...input, ...change })).toThrowError(expect.objectContaining({ code }));
  });
});

describe('checkCorollary1', () => {
  it('holds for tight frames and their minimiser, and not for others', () => {
    const tight = unionOfBases(2, 2, 1);
    const own = { ...input, queryFeatures: featureMatrix(tight), omega: predictedMinimiser(tight, tight, 1) };
    expect(checkCorollary1(own).holds).toBe(true);
    const untight = checkCorollary1(input);
    expect(untight.hypotheses.map(({ holds }) => holds)).toEqual([false, false]);
    expect(untight.measurements?.map(({ holds }) => holds)).toEqual([true, false, false]);
  });
});
