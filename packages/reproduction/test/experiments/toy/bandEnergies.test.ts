import { Matrix } from '@svf-alignment/core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandEnergies } from '../../../src/experiments/toy/bandEnergies.ts';

it('puts a feature into the band that the head sees it in', () => {
  const features = new Matrix([
    [1, 0, 0, 1],
    [0, 1, 0, 1],
    [0, 0, 1, 0],
  ]);
  const weights = new Matrix([
    [3, 4, 0, 0],
    [0, 0, 0, 5],
    [0, 0, 0, 0],
  ]);
  expect(bandEnergies(features, weights).to2DArray()).toEqual([
    [1, 0],
    [0, 1],
    [0, 0],
    [0.5, 0.5],
  ]);
});

it('has shares that sum to 1, whatever the length of a feature', () => {
  const entry = fc.double({ min: 0.1, max: 10, noNaN: true });
  const shape = (rows: number, columns: number) =>
    fc
      .array(entry, { minLength: rows * columns, maxLength: rows * columns })
      .map((data) => Matrix.from1DArray(rows, columns, data));
  fc.assert(
    fc.property(shape(3, 5), shape(3, 6), entry, (features, weights, factor) => {
      const energies = bandEnergies(features, weights);
      for (const row of energies.to2DArray()) {
        expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }
      const scaled = bandEnergies(Matrix.mul(features, factor), weights);
      expect(Matrix.sub(scaled, energies).abs().max()).toBeLessThan(1e-12);
    }),
  );
});
