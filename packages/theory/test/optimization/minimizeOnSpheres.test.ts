import { haarOrthogonal, randomStream } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import type { Vector } from '../../src/linear/unitVector.ts';
import { dot, norm } from '../../src/linear/vectors.ts';
import { minimizeOnSpheres, type SphereFunction } from '../../src/optimization/minimizeOnSpheres.ts';
import { randomUnitVector } from '../../src/optimization/randomUnitVector.ts';
import { trustRegionStep } from '../../src/optimization/trustRegionStep.ts';

/** ½ xᵀAx, whose only local minima on the sphere are the lowest eigenvectors. */
function rayleigh(matrix: readonly Vector[]): SphereFunction {
  const apply = (x: Vector) => matrix.map((row) => dot(row, x));
  return {
    value: ([x]) => dot(x, apply(x)) / 2,
    gradient: ([x]) => [apply(x)],
    hessian: () => matrix.map((row) => [...row]),
  };
}

describe('minimizeOnSpheres', () => {
  test('finds the lowest eigenvalue from any start, to all digits', () => {
    const basis = haarOrthogonal(5, randomStream(1, 'basis'));
    const values = [-2, -1.5, 0, 1, 4];
    const matrix = Array.from({ length: 5 }, (_, i) =>
      Array.from({ length: 5 }, (_, j) =>
        values.reduce((sum, value, k) => sum + value * basis.get(i, k) * basis.get(j, k), 0),
      ),
    );
    const random = randomStream(2, 'starts');
    for (let k = 0; k < 20; k += 1) {
      const found = minimizeOnSpheres(rayleigh(matrix), [randomUnitVector(5, random)]);
      expect(found.value).toBeCloseTo(-1, 13);
      expect(Math.abs(dot(found.point[0], basis.getColumn(0)))).toBeCloseTo(1, 13);
      expect(found.gradientNorm).toBeLessThan(1e-11);
      expect(found.iterations).toBeLessThan(25);
    }
  });

  test('leaves a saddle on which it starts', () => {
    const matrix = [
      [3, 0, 0],
      [0, 2, 0],
      [0, 0, 1],
    ];
    const found = minimizeOnSpheres(rayleigh(matrix), [[1, 0, 0]]);
    expect(found.value).toBeCloseTo(0.5, 12);
    expect(found.curvature).toBeGreaterThan(0);
  });

  test('says so when it was stopped before it converged', () => {
    const matrix = [
      [3, 1],
      [1, -2],
    ];
    const found = minimizeOnSpheres(rayleigh(matrix), [[1, 0]], { maximumIterations: 1 });
    expect(found.gradientNorm).toBeGreaterThan(1e-3);
  });
});

describe('trustRegionStep', () => {
  const modelAt = (gradient: Vector, hessian: readonly Vector[], p: Vector) =>
    dot(gradient, p) +
    dot(
      p,
      hessian.map((row) => dot(row, p)),
    ) /
      2;

  for (const [name, gradient, hessian] of [
    [
      'convex, inside',
      [0.1, -0.05],
      [
        [2, 0.3],
        [0.3, 1],
      ],
    ],
    [
      'convex, at the boundary',
      [3, -5],
      [
        [2, 0.3],
        [0.3, 1],
      ],
    ],
    [
      'indefinite',
      [0.4, 0.2],
      [
        [1, 0.5],
        [0.5, -2],
      ],
    ],
    [
      'hard case',
      [0.5, 0],
      [
        [1, 0],
        [0, -2],
      ],
    ],
    [
      'saddle',
      [0, 0],
      [
        [1, 0],
        [0, -2],
      ],
    ],
    [
      'flat',
      [0, 0],
      [
        [1, 0],
        [0, 0],
      ],
    ],
  ] as const) {
    test(`no point of the disc is lower: ${name}`, () => {
      const { step, predicted } = trustRegionStep(gradient, hessian, 1);
      expect(norm(step)).toBeLessThanOrEqual(1 + 1e-9);
      expect(predicted).toBeCloseTo(-modelAt(gradient, hessian, step), 12);
      for (let i = 0; i < 360; i += 1) {
        for (const radius of [0.1, 0.25, 0.5, 0.75, 1]) {
          const angle = (i * Math.PI) / 180;
          const point = [radius * Math.cos(angle), radius * Math.sin(angle)];
          expect(modelAt(gradient, hessian, point)).toBeGreaterThanOrEqual(-predicted - 1e-9);
        }
      }
    });
  }
});
