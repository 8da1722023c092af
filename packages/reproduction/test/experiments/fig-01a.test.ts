import { expect, it } from 'vitest';
import { pairing } from '../../src/experiments/fig-01a.ts';

function cosines(rows: number[][]) {
  return {
    tensors: { featureCosines: { shape: [rows.length, rows.length], data: Float64Array.from(rows.flat()) } },
  };
}

it('counts antipodal pairs and what is left between the others', () => {
  const found = pairing(
    cosines([
      [1, -0.98, 0.1, 0],
      [-0.98, 1, 0, -0.2],
      [0.1, 0, 1, -1],
      [0, -0.2, -1, 1],
    ]),
  );
  expect(found.pairs).toBe(2);
  expect(found.pairCosine).toBeCloseTo(-0.99, 12);
  expect(found.offPair).toBe(0.2);
});

it('takes features on one direction for no pair', () => {
  const found = pairing(
    cosines([
      [1, 0.99],
      [0.99, 1],
    ]),
  );
  expect(found).toEqual({ pairs: 0, pairCosine: 0, offPair: 0.99 });
});
