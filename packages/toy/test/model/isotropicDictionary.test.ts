import { SvfError } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isotropicDictionary } from '../../src/model/isotropicDictionary.ts';

function column(W: Float64Array, dimension: number, features: number, i: number): number[] {
  return Array.from({ length: dimension }, (_, d) => W[d * features + i]);
}

function product(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

/** Largest entry of |W Wᵀ − I|. */
function deviation(W: Float64Array, dimension: number, features: number): number {
  let most = 0;
  const row = (d: number) => [...W.subarray(d * features, (d + 1) * features)];
  for (let a = 0; a < dimension; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      most = Math.max(most, Math.abs(product(row(a), row(b)) - (a === b ? 1 : 0)));
    }
  }
  return most;
}

/** Shapes for which such a dictionary exists: the others fill what the features of interest leave. */
const shapes = fc
  .record({
    ofInterest: fc.integer({ min: 0, max: 12 }),
    rows: fc.integer({ min: 0, max: 12 }),
    extra: fc.nat(15),
  })
  .filter(({ ofInterest, rows }) => ofInterest + rows > 0)
  .chain(({ ofInterest, rows, extra }) => {
    const features = ofInterest + (rows === 0 ? 0 : rows + extra);
    return fc.record({
      dimension: fc.constant(ofInterest + rows),
      features: fc.constant(features),
      chosen: fc
        .shuffledSubarray([...Array(features).keys()], { minLength: ofInterest, maxLength: ofInterest })
        .map((indices) => [...indices]),
    });
  });

/** Pairs that touch exactly the chosen features. */
function pairsOver(chosen: readonly number[]) {
  return chosen.map((feature, i) => ({ query: feature, key: chosen[chosen.length - 1 - i], target: 1 }));
}

describe('isotropicDictionary', () => {
  test('W Wᵀ = I to 1e-12, the features of interest orthonormal and orthogonal to all others', () => {
    fc.assert(
      fc.property(shapes, ({ dimension, features, chosen }) => {
        const W = isotropicDictionary({ dimension, features, targets: pairsOver(chosen) });
        expect(W.length).toBe(dimension * features);
        expect(deviation(W, dimension, features)).toBeLessThan(1e-12);
        const columns = Array.from({ length: features }, (_, i) => column(W, dimension, features, i));
        for (const feature of chosen) {
          columns.forEach((other, i) => {
            expect(product(columns[feature], other)).toBe(i === feature ? 1 : 0);
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the others have equal norms, √(rows / others), unless the frame is square', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 15 }), (rows, extra) => {
        const features = rows + extra;
        const W = isotropicDictionary({ dimension: rows, features, targets: [] });
        for (let i = 0; i < features; i += 1) {
          const w = column(W, rows, features, i);
          expect(product(w, w)).toBeCloseTo(rows / features, 12);
        }
      }),
    );
  });

  test('the paper’s case: 8 orthonormal features and 6 antipodal pairs of norm 1/√6', () => {
    const targets = [0, 1, 2, 3].map((i) => ({ query: i, key: i + 4, target: 24 - 3 * i }));
    const W = isotropicDictionary({ dimension: 10, features: 20, targets });
    for (let k = 0; k < 12; k += 1) {
      const w = column(W, 10, 20, 8 + k);
      expect(product(w, w)).toBeCloseTo(1 / 6, 14);
      const angle = Math.atan2(w[9], w[8]);
      expect(Math.cos(angle - (k * Math.PI) / 6)).toBeCloseTo(1, 14);
      const opposite = column(W, 10, 20, 8 + ((k + 6) % 12));
      expect(product(w, opposite)).toBeCloseTo(-1 / 6, 14);
    }
  });

  const four = pairsOver([0, 1, 2, 3]);
  test.each([
    ['more features of interest than dimensions', { dimension: 3, features: 9, targets: four }],
    ['too few others to span the rest', { dimension: 8, features: 7, targets: four }],
    ['others without a dimension left for them', { dimension: 4, features: 6, targets: four }],
    ['fewer features than dimensions', { dimension: 5, features: 4, targets: [] }],
  ])('refuses %s', (_, config) => {
    expect(() => isotropicDictionary(config)).toThrow(SvfError);
    expect(() => isotropicDictionary(config)).toThrow(
      expect.objectContaining({ code: 'no-isotropic-dictionary', path: ['features'] }),
    );
  });
});
