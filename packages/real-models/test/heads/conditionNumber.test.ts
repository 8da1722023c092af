import { fc, test as property } from '@fast-check/vitest';
import { haarOrthogonal, Matrix, qkFactors, randomStream } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { conditionNumber, factorConditions } from '../../src/heads/conditionNumber.ts';

/** [8, n] with the given singular values. */
function withSpectrum(values: readonly number[], seed = 1): Matrix {
  const left = haarOrthogonal(8, randomStream(seed, 'left')).subMatrix(0, 7, 0, values.length - 1);
  return left.mmul(Matrix.diag([...values])).mmul(haarOrthogonal(values.length, randomStream(seed, 'right')));
}

describe('conditionNumber', () => {
  test.each([
    [[5, 3, 2], 2.5],
    [[1, 1, 1], 1],
    [[1e6, 1, 1e-3], 1e9],
  ])('of singular values %j is %d', (values, expected) => {
    expect((conditionNumber(withSpectrum(values)) ?? 0) / expected).toBeCloseTo(1, 6);
  });

  test.each([[[4, 2, 0]], [[0, 0, 0]]])('there is none with singular values %j', (values) => {
    expect(conditionNumber(withSpectrum(values))).toBeNull();
  });
});

describe('factorConditions', () => {
  const spectrum = fc.array(fc.double({ min: 1e-2, max: 50, noNaN: true }), { minLength: 1, maxLength: 8 });

  property.prop([
    spectrum,
    fc.integer({ min: 0, max: 1000 }),
    fc.double({ min: 1e-8, max: 1e8, noNaN: true }),
  ])('are the conditions of the weights, whatever their scale', (values, seed, scale) => {
    const query = withSpectrum(values, seed);
    const key = withSpectrum(
      values.map((value, k) => value / (k + 1)),
      seed + 1,
    ).mul(scale);
    const found = factorConditions(qkFactors(query, key));
    expect((found.query ?? 0) / (conditionNumber(query) ?? 0)).toBeCloseTo(1, 10);
    if (found.key !== null) expect(found.key / (conditionNumber(key) ?? 0)).toBeCloseTo(1, 10);
    else expect(conditionNumber(key)).toBeGreaterThan(9999);
  });

  test.each([
    ['close to singular', [1, 1e-5]],
    ['singular', [1, 0]],
  ])('are not told where the weights are %s', (_, values) => {
    const [query, key] = [withSpectrum(values), withSpectrum([2, 1], 3)];
    expect(factorConditions(qkFactors(query, key)).query).toBeNull();
    expect(factorConditions(qkFactors(key, query)).key).toBeNull();
  });

  test('are told of one side where the other is close to singular', () => {
    const [query, key] = [withSpectrum([1, 1e-5]), withSpectrum([2, 1], 3)];
    expect(factorConditions(qkFactors(query, key)).key).toBeCloseTo(2, 10);
    expect(factorConditions(qkFactors(key, query)).query).toBeCloseTo(2, 10);
  });
});
