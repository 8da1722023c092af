import { randomStream } from '@svf-alignment/core';
import { expect, test } from 'vitest';
import { randomUnitVector } from '../../src/optimization/randomUnitVector.ts';
import { theorem3Objective } from '../../src/theorem3/objective.ts';

const STEP = 1e-5;

for (const dimension of [2, 3, 5]) {
  for (const misalignment of [0, 0.7]) {
    test(`gradient and Hessian agree with differences, D = ${dimension}, misalignment ${misalignment}`, () => {
      const objective = theorem3Objective({
        dimension,
        misalignment,
        sigma1: 2.3,
        sigma2: 1.1,
        gap1: 1.7,
        gap2: -0.4,
        rho: 0.6,
        seed: 5,
      });
      const random = randomStream(8, 'point');
      const point = [randomUnitVector(dimension, random), randomUnitVector(dimension, random)];
      const gradient = objective.gradient(point).flat();
      const hessian = objective.hessian(point);
      for (let i = 0; i < 2 * dimension; i += 1) {
        const [ahead, behind] = [moved(point, i, STEP), moved(point, i, -STEP)];
        expect((objective.value(ahead) - objective.value(behind)) / (2 * STEP)).toBeCloseTo(gradient[i], 8);
        const slopes = [objective.gradient(ahead).flat(), objective.gradient(behind).flat()];
        for (let j = 0; j < 2 * dimension; j += 1) {
          expect((slopes[0][j] - slopes[1][j]) / (2 * STEP)).toBeCloseTo(hessian[i][j], 8);
        }
      }
    });
  }
}

test('the gaps and the objective are those of equations (14) to (16), written out', () => {
  // In two dimensions with axes as singular vectors up to the rotations that the seed draws.
  const instance = {
    dimension: 3,
    misalignment: 0,
    sigma1: 2,
    sigma2: 1,
    gap1: 0.5,
    gap2: 0.25,
    rho: 3,
    seed: 1,
  };
  const objective = theorem3Objective(instance);
  const random = randomStream(2, 'point');
  const point = [randomUnitVector(3, random), randomUnitVector(3, random)];
  const [d1, d2] = objective.gaps(point);
  const log = (gap: number, teacher: number) => {
    const probability = 1 / (1 + Math.exp(-teacher));
    const student = 1 / (1 + Math.exp(-gap));
    return -probability * Math.log(student) - (1 - probability) * Math.log(1 - student);
  };
  expect(objective.crossEntropy(point)).toBeCloseTo(log(d1, 0.5) + log(d2, 0.25), 12);
  expect(objective.value(point)).toBeCloseTo(
    objective.crossEntropy(point) + 3 * objective.interference(point),
    12,
  );
});

function moved(point: readonly (readonly number[])[], coordinate: number, step: number): number[][] {
  const dimension = point[0].length;
  return point.map((vector, side) =>
    vector.map((value, i) => (side * dimension + i === coordinate ? value + step : value)),
  );
}
