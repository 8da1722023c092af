import { expect, test } from 'vitest';
import { theorem2Curve } from '../../src/theorem2/theorem2Curve.ts';

const options = { epsilons: [0.01, 0.1, 0.15, 0.3, 0.9], dimension: 6, samples: 60, seed: 4 };

test('measured sines lie under the bounds; the worst is the sharp bound', () => {
  for (const point of theorem2Curve(options)) {
    expect(point.medianSine).toBeGreaterThan(0);
    expect(point.medianSine).toBeLessThan(point.highSine);
    expect(point.highSine).toBeLessThanOrEqual(point.largestSine);
    expect(point.largestSine).toBeLessThanOrEqual(point.sharpBound);
    expect(point.worstSine).toBeCloseTo(point.sharpBound, 6);
    if (point.paperBound !== null) expect(point.paperBound).toBeGreaterThan(2 * point.sharpBound);
  }
});

test('the paper’s bounds end where the paper ends them', () => {
  const points = theorem2Curve(options);
  expect(points.map(({ paperBound }) => paperBound !== null)).toEqual([true, true, true, false, false]);
  expect(points.map(({ particularBound }) => particularBound !== null)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test('the same seed gives the same curve, another seed another', () => {
  expect(theorem2Curve(options)).toEqual(theorem2Curve(options));
  expect(theorem2Curve({ ...options, seed: 5 })).not.toEqual(theorem2Curve(options));
});
