import { Matrix, randomStream, symmetricEigen } from '@svf-alignment/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tangentBasis } from '../../src/linear/reflections.ts';
import { dot, norm } from '../../src/linear/vectors.ts';
import { randomUnitVector } from '../../src/optimization/randomUnitVector.ts';
import { comparisonPoints } from '../../src/theorem3/comparisonPoints.ts';
import type { Theorem3Instance } from '../../src/theorem3/instance.ts';
import { theorem3Objective } from '../../src/theorem3/objective.ts';
import {
  curvatureBound,
  gradientBound,
  leastOrthogonalSlope,
  orthogonalMinimiserExists,
} from '../../src/theorem3/orthogonalMinimiser.ts';
import { theorem3Case } from '../../src/theorem3/theorem3Case.ts';

/** The gradient of CE along the spheres, in tangent coordinates: that of J without its penalty. */
function slopeOf(instance: Theorem3Instance, point: readonly (readonly number[])[]): number[] {
  const gradient = theorem3Objective({ ...instance, rho: 0 }).gradient(point);
  return point.flatMap((x, side) => tangentBasis(x).map((direction) => dot(direction, gradient[side])));
}

test('no orthogonal pair has a smaller slope, and the best one has it', () => {
  fc.assert(
    fc.property(theorem3Case, (instance) => {
      const slopes = comparisonPoints(instance, 40).map((point) => norm(slopeOf(instance, point)));
      const least = leastOrthogonalSlope(instance);
      expect(Math.min(...slopes)).toBeGreaterThanOrEqual(least - 1e-12);
      expect(slopes[0]).toBeCloseTo(least, 10);
      // The criterion: the slope vanishes exactly where an orthogonal minimiser is said to exist.
      expect(least < 1e-12).toBe(orthogonalMinimiserExists(instance));
    }),
    { seed: 5, numRuns: 100 },
  );
});

test('the first comparison point has the least CE among orthogonal pairs', () => {
  fc.assert(
    fc.property(theorem3Case, (instance) => {
      const objective = theorem3Objective(instance);
      const [best, ...others] = comparisonPoints(instance, 60).map(objective.crossEntropy);
      expect(Math.min(...others)).toBeGreaterThanOrEqual(best - 1e-12);
    }),
    { seed: 6, numRuns: 100 },
  );
});

test('gradient and curvature of CE keep to their bounds', () => {
  fc.assert(
    fc.property(theorem3Case, (instance) => {
      const { dimension, seed } = instance;
      const random = randomStream(seed, 'point');
      const objective = theorem3Objective({ ...instance, rho: 0 });
      const point = [randomUnitVector(dimension, random), randomUnitVector(dimension, random)];
      expect(norm(slopeOf(instance, point))).toBeLessThanOrEqual(gradientBound(instance));
      const gradient = objective.gradient(point);
      const ambient = new Matrix(objective.hessian(point));
      const zero = new Array<number>(dimension).fill(0);
      const directions = point.flatMap((x, side) =>
        tangentBasis(x).map((v) => Matrix.columnVector(side === 0 ? [...v, ...zero] : [...zero, ...v])),
      );
      const hessian = new Matrix(
        directions.map((row, i) =>
          directions.map((column, j) => {
            const side = i < dimension - 1 ? 0 : 1;
            const bend = i === j ? dot(point[side], gradient[side]) : 0;
            return row.transpose().mmul(ambient).mmul(column).get(0, 0) - bend;
          }),
        ),
      );
      const symmetric = Matrix.add(hessian, hessian.transpose()).mul(0.5);
      const { values } = symmetricEigen(symmetric);
      const size = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
      expect(size).toBeLessThanOrEqual(curvatureBound(instance));
    }),
    { seed: 7, numRuns: 100 },
  );
});
