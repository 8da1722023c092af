import { frameOperator, isotropyDeviation, Matrix, randomStream } from '@svf-alignment/core';
import { isotropicDictionary, parseToyConfig } from '@svf-alignment/toy';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  anisotropicDictionary,
  randomDirection,
} from '../../../src/experiments/toy/anisotropicDictionary.ts';

const config = parseToyConfig({});
const isotropic = Matrix.from1DArray(
  config.dimension,
  config.features,
  Array.from(isotropicDictionary(config)),
);

it('stretches an isotropic dictionary to I + δ v vᵀ', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 60, noNaN: true }), (seed, deviation) => {
      const direction = randomDirection(config.dimension, randomStream(seed, 'test'));
      expect(direction.norm()).toBeCloseTo(1, 12);
      const frame = frameOperator(anisotropicDictionary(isotropic, direction, deviation));
      const wanted = Matrix.eye(config.dimension).add(direction.mmul(direction.transpose()).mul(deviation));
      expect(Matrix.sub(frame, wanted).abs().max()).toBeLessThan(1e-12 * (1 + deviation));
    }),
  );
});

it('leaves an isotropic dictionary as it is at δ = 0', () => {
  const direction = randomDirection(config.dimension, randomStream(1, 'test'));
  expect(isotropyDeviation(frameOperator(anisotropicDictionary(isotropic, direction, 0)))).toBeLessThan(
    1e-14,
  );
});
