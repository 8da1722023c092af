import { cosineMatrix, Matrix, symmetricPower } from '@svf-alignment/core';
import { PAPER_EPSILON_LIMIT } from '@svf-alignment/theory';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharpCosine, theorem2Cosine } from '../../../src/experiments/toy/anisotropyBounds.ts';

it('has the values of the paper’s formula', () => {
  expect(theorem2Cosine(0)).toBe(1);
  expect(theorem2Cosine(0.1)).toBeCloseTo(0.9519, 4);
  expect(theorem2Cosine(0.18)).toBeCloseTo(0.3119, 4);
  expect(theorem2Cosine(PAPER_EPSILON_LIMIT)).toBeCloseTo(0, 6);
});

it('is sharper than Theorem 2 wherever that holds', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: PAPER_EPSILON_LIMIT, noNaN: true }), (deviation) => {
      // At δ near 0 both are 1 to the last bit but one.
      expect(sharpCosine(deviation)).toBeGreaterThanOrEqual(theorem2Cosine(deviation) - 1e-15);
    }),
  );
});

it('is attained halfway between the stretched direction and another, and nowhere undercut', () => {
  const deviation = fc.double({ min: 0, max: 60, noNaN: true });
  fc.assert(
    fc.property(deviation, fc.double({ min: 0, max: 1, noNaN: true }), (delta, share) => {
      const inverse = symmetricPower(Matrix.diag([1 + delta, 1]), -1);
      const cosine = (part: number) => {
        const feature = Matrix.columnVector([Math.sqrt(part), Math.sqrt(1 - part)]);
        return cosineMatrix(feature, inverse.mmul(feature)).get(0, 0);
      };
      expect(cosine((1 + delta) / (2 + delta))).toBeCloseTo(sharpCosine(delta), 9);
      expect(cosine(share)).toBeGreaterThanOrEqual(sharpCosine(delta) - 1e-12);
    }),
  );
});
