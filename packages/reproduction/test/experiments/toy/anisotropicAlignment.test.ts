import { Matrix, randomStream, svd } from '@svf-alignment/core';
import { isotropicDictionary, parseToyConfig } from '@svf-alignment/toy';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anisotropicAlignment,
  exactHead,
  leastAlone,
} from '../../../src/experiments/toy/anisotropicAlignment.ts';
import {
  anisotropicDictionary,
  randomDirection,
} from '../../../src/experiments/toy/anisotropicDictionary.ts';
import { sharpCosine } from '../../../src/experiments/toy/anisotropyBounds.ts';

const config = parseToyConfig({});
const { targets } = config;
const isotropic = Matrix.from1DArray(
  config.dimension,
  config.features,
  Array.from(isotropicDictionary(config)),
);
const seeds = fc.integer({ min: 0, max: 10_000 });
const deviations = fc.double({ min: 0, max: 55, noNaN: true });

function stretched(seed: number, deviation: number): Matrix {
  return anisotropicDictionary(
    isotropic,
    randomDirection(config.dimension, randomStream(seed, 'test')),
    deviation,
  );
}

describe('the exact head', () => {
  it('has the target logit of every two features', () => {
    fc.assert(
      fc.property(seeds, deviations, (seed, deviation) => {
        const features = stretched(seed, deviation);
        const logits = features.transpose().mmul(exactHead(features, targets)).mmul(features);
        for (const { query, key, target } of targets) logits.set(query, key, logits.get(query, key) - target);
        expect(logits.abs().max()).toBeLessThan(1e-9);
      }),
    );
  });

  it('has the targets as singular values, and features as singular vectors, of an isotropic dictionary', () => {
    const head = svd(exactHead(isotropic, targets));
    targets.forEach(({ target }, k) => {
      expect(head.singularValues[k]).toBeCloseTo(target, 10);
    });
    const alignment = anisotropicAlignment(isotropic, head, targets, targets.length);
    for (const cosine of Object.values(alignment)) expect(cosine).toBeCloseTo(1, 10);
  });
});

it('anti-whitens the vectors of a single pair back to its features', () => {
  fc.assert(
    fc.property(seeds, deviations, (seed, deviation) => {
      const features = stretched(seed, deviation);
      const pair = targets.slice(0, 1);
      const alignment = anisotropicAlignment(features, svd(exactHead(features, pair)), pair, 1);
      expect(alignment.antiWhitened).toBeCloseTo(1, 9);
      expect(alignment.raw).toBeGreaterThanOrEqual(sharpCosine(deviation) - 1e-9);
      expect(alignment.halfAntiWhitened).toBeGreaterThanOrEqual(alignment.raw - 1e-9);
    }),
  );
});

it('takes the best of the columns that it is given', () => {
  const features = Matrix.eye(3);
  const head = { U: Matrix.eye(3), V: Matrix.eye(3) };
  const pair = [{ query: 0, key: 2 }];
  expect(anisotropicAlignment(features, head, pair, 1).raw).toBe(0.5);
  expect(anisotropicAlignment(features, head, pair, 3).raw).toBe(1);
});

it('finds the least agreement of a feature with its whitened self', () => {
  fc.assert(
    fc.property(seeds, deviations, (seed, deviation) => {
      const alone = leastAlone(stretched(seed, deviation), targets);
      expect(alone).toBeGreaterThanOrEqual(sharpCosine(deviation) - 1e-12);
      expect(alone).toBeLessThanOrEqual(1);
    }),
  );
});
