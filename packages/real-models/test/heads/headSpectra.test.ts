import { fc, test as property } from '@fast-check/vitest';
import { type Matrix, qkFactors } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { conditionNumber } from '../../src/heads/conditionNumber.ts';
import { effectiveRank, headSpectra } from '../../src/heads/headSpectra.ts';
import { headFactors } from '../../src/heads/modelFactors.ts';
import { processedWeights } from '../../src/weights/processedWeights.ts';
import { fixtureWeights } from '../weights/fixtureWeights.ts';

describe('effectiveRank', () => {
  test.each([
    [[3, 3, 3, 3], 4],
    [[7, 0, 0], 1],
    [[0, 0], 0],
    // Entropy of (1/2, 1/4, 1/4) is 3/2 · log 2.
    [[2, 1, 1], 2 ** 1.5],
  ])('of %j is %d', (values, expected) => {
    expect(effectiveRank(Float64Array.from(values))).toBeCloseTo(expected, 12);
  });

  property.prop([fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })])(
    'lies between 1 and the number of singular values, and does not depend on scale',
    (values) => {
      const rank = effectiveRank(Float64Array.from(values));
      if (values.every((value) => value === 0)) expect(rank).toBe(0);
      else {
        expect(rank).toBeGreaterThanOrEqual(1 - 1e-12);
        expect(rank).toBeLessThanOrEqual(values.length * (1 + 1e-12));
        expect(effectiveRank(Float64Array.from(values, (value) => 8 * value))).toBeCloseTo(rank, 9);
      }
    },
  );
});

test('rows of the heads that were decomposed', async () => {
  const { files, stored } = await fixtureWeights('tiny-neox');
  const weights = processedWeights(stored);
  const factors = await headFactors(weights, { layers: [1, 3] });
  const rows = await headSpectra(weights, factors);
  expect(rows.map(({ layer, head }) => [layer, head])).toEqual(
    [1, 3].flatMap((layer) => [0, 1, 2, 3].map((head) => [layer, head])),
  );
  const { W_Q, W_K } = await weights.attention(3);
  expect(rows[6]).toMatchObject({
    layer: 3,
    head: 2,
    singularValues: [...factors[3][2].singularValues],
    effectiveRank: effectiveRank(factors[3][2].singularValues),
  });
  expect((rows[6].conditionQuery ?? 0) / (conditionNumber(W_Q[2]) ?? 0)).toBeCloseTo(1, 10);
  expect((rows[6].conditionKey ?? 0) / (conditionNumber(W_K[2]) ?? 0)).toBeCloseTo(1, 10);
  // κ(Ω) ≤ κ(W_Q) κ(W_K)
  for (const { singularValues, conditionQuery, conditionKey } of rows) {
    const condition = singularValues[0] / singularValues[15];
    expect(condition).toBeLessThanOrEqual((conditionQuery ?? 0) * (conditionKey ?? 0) * (1 + 1e-9));
  }
  await files.close();
});

test('weights that are close to singular are looked at themselves, and read once for a layer', async () => {
  const { files, stored } = await fixtureWeights('tiny-gpt2');
  const attention = await processedWeights(stored).attention(0);
  const narrow = (matrix: Matrix) => {
    const scaled = matrix.clone();
    scaled.mulColumn(0, 1e-7);
    return scaled;
  };
  const singular = (matrix: Matrix) => {
    const scaled = matrix.clone();
    scaled.setColumn(0, scaled.getColumn(1));
    return scaled;
  };
  const W_Q = attention.W_Q.map((matrix, head) => (head === 0 ? narrow(matrix) : matrix));
  const W_K = attention.W_K.map((matrix, head) => (head === 1 ? singular(matrix) : matrix));
  let reads = 0;
  const weights = {
    ...stored,
    attention: async () => {
      reads += 1;
      return { ...attention, W_Q, W_K };
    },
  };
  const factors = [W_Q.map((query, head) => qkFactors(query, W_K[head]))];
  const rows = await headSpectra(weights, factors);
  expect(reads).toBe(1);
  expect(rows[0].conditionQuery).toBe(conditionNumber(W_Q[0]));
  expect(rows[0].conditionQuery).toBeGreaterThan(1e6);
  expect(rows[1].conditionKey).toBeNull();
  // Ω is singular, but not by W_Q.
  expect((rows[1].conditionQuery ?? 0) / (conditionNumber(W_Q[1]) ?? 0)).toBeCloseTo(1, 10);
  await files.close();
});
