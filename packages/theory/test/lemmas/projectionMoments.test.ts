import { describe, expect, it } from 'vitest';
import { pairDifferenceProjection, tokenProjection } from '../../src/lemmas/projectionMoments.ts';

const projections = [0.3, -1.2, 0.7, 2];
const probability = 0.3;

/** Mean and variance of f(subset)² over all subsets of `count` independent events. */
function enumerated(count: number, f: (presence: number[]) => number): { mean: number; variance: number } {
  let [mean, square] = [0, 0];
  for (let code = 0; code < 2 ** count; code += 1) {
    const presence = Array.from({ length: count }, (_, i) => (code >> i) & 1);
    const weight = presence.reduce((w, isIn) => w * (isIn === 1 ? probability : 1 - probability), 1);
    const value = f(presence) ** 2;
    mean += weight * value;
    square += weight * value ** 2;
  }
  return { mean, variance: square - mean ** 2 };
}

describe('moments of projections', () => {
  it('of the difference of two tokens are those of all pairs of subsets', () => {
    const moments = pairDifferenceProjection(projections, probability);
    const expected = enumerated(8, (presence) =>
      projections.reduce((sum, c, i) => sum + c * (presence[i] - presence[i + 4]), 0),
    );
    expect(moments.mean).toBeCloseTo(expected.mean, 12);
    expect(moments.variance).toBeCloseTo(expected.variance, 12);
    expect(moments.range).toBeCloseTo(4.2 ** 2, 12);
  });

  it('of a token are those of all subsets', () => {
    const moments = tokenProjection(projections, probability);
    const expected = enumerated(4, (presence) => projections.reduce((sum, c, i) => sum + c * presence[i], 0));
    expect(moments.mean).toBeCloseTo(expected.mean, 12);
    expect(moments.variance).toBeCloseTo(expected.variance, 12);
  });
});
