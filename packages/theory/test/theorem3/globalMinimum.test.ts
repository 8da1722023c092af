import { expect, test } from 'vitest';
import { contextCrossEntropy, sigmoid } from '../../src/theorem3/crossEntropy.ts';
import { theorem3GlobalMinimum } from '../../src/theorem3/globalMinimum.ts';
import type { Theorem3Instance } from '../../src/theorem3/instance.ts';
import { theorem3Objective } from '../../src/theorem3/objective.ts';

/**
 * Another way to the global minimum: with q₂ = (x₁, x₂, …) and k₂ = (y₁, y₂, …) in the singular bases, J depends on
 * x₁, x₂, y₁, y₂ alone, which fill two discs for D ≥ 3 and two circles for D = 2. Exhausted on a grid.
 */
function gridMinimum({ dimension, sigma1, sigma2, gap1, gap2, rho }: Theorem3Instance): number {
  const angles = dimension === 2 ? 720 : 48;
  const points: (readonly [number, number])[] = [];
  for (const radius of dimension === 2 ? [1] : [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1]) {
    for (let k = 0; k < angles; k += 1) {
      const angle = (2 * Math.PI * k) / angles;
      points.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
    }
  }
  let lowest = Number.POSITIVE_INFINITY;
  for (const [y1, y2] of points) {
    const first = contextCrossEntropy(sigma1 * (1 - y1), sigmoid(gap1)) + rho * y1 * y1;
    for (const [x1, x2] of points) {
      const gap = sigma1 * x1 * (y1 - 1) + sigma2 * x2 * y2;
      lowest = Math.min(lowest, first + contextCrossEntropy(gap, sigmoid(gap2)) + rho * x1 * x1);
    }
  }
  return lowest;
}

const instances: readonly Theorem3Instance[] = [2, 3].flatMap((dimension) =>
  [
    { sigma1: 2, sigma2: 1, gap1: 3.5, gap2: -1.5, rho: 0.1 },
    { sigma1: 4, sigma2: 0.5, gap1: -2, gap2: 6, rho: 0.02 },
    { sigma1: 1, sigma2: 0.9, gap1: 1, gap2: 0.3, rho: 1 },
  ].map((shape, k) => ({ ...shape, dimension, misalignment: 0, seed: 40 + k })),
);

for (const instance of instances) {
  test(`no point of a grid lies below the minimum found, and some come close: ${JSON.stringify(instance)}`, () => {
    const minimum = theorem3GlobalMinimum(instance);
    const grid = gridMinimum(instance);
    expect(minimum.value).toBeLessThanOrEqual(grid + 1e-12);
    expect(grid - minimum.value).toBeLessThan(0.01);
    expect(minimum.gradientNorm).toBeLessThan(1e-8);
    expect(minimum.curvature).toBeGreaterThan(-1e-8);
  });
}

test('interference falls as the penalty grows, and like 1/ρ² in the end', () => {
  const found = [0.1, 1, 10, 100, 1000].map((rho) => {
    const instance = {
      dimension: 3,
      misalignment: 0,
      sigma1: 2,
      sigma2: 1,
      gap1: 3,
      gap2: 0.5,
      rho,
      seed: 3,
    };
    const [q2, k2] = theorem3GlobalMinimum(instance).point;
    return interferenceOf(instance, q2, k2);
  });
  for (let k = 1; k < found.length; k += 1) expect(found[k]).toBeLessThan(found[k - 1]);
  expect(found[3] / found[4]).toBeGreaterThan(90);
  expect(found[3] / found[4]).toBeLessThan(110);
});

function interferenceOf(instance: Theorem3Instance, q2: readonly number[], k2: readonly number[]): number {
  return theorem3Objective(instance).interference([q2, k2]);
}
