import { tangentBasis } from '../linear/reflections.ts';
import { addScaled, unitVector, type Vector } from '../linear/unitVector.ts';
import { dot, norm } from '../linear/vectors.ts';
import { trustRegionStep } from './trustRegionStep.ts';

/** A twice differentiable function of unit vectors, with its derivatives in the space around the spheres. */
export interface SphereFunction {
  value(point: readonly Vector[]): number;
  /** The gradient with respect to each vector. */
  gradient(point: readonly Vector[]): Vector[];
  /** The Hessian of all coordinates, vector after vector: [ΣD][ΣD]. */
  hessian(point: readonly Vector[]): number[][];
}

export interface SphereOptions {
  /** Stop at a Riemannian gradient of this size. Default 1e-12. */
  readonly tolerance?: number;
  /** Default 200. */
  readonly maximumIterations?: number;
}

export interface SphereMinimum {
  readonly point: readonly (readonly number[])[];
  readonly value: number;
  /** Norm of the Riemannian gradient at `point`. */
  readonly gradientNorm: number;
  /** Smallest eigenvalue of the Riemannian Hessian at `point`: negative at a saddle. */
  readonly curvature: number;
  readonly iterations: number;
}

/** Curvature above −this counts as none: what rounding leaves of a zero eigenvalue. */
const CURVATURE_TOLERANCE = 1e-9;

/**
 * A local minimum on a product of unit spheres by the Riemannian trust-region method (Absil, Mahony and Sepulchre
 * 2008, chapter 7) with exact subproblems: it converges quadratically and leaves saddles by their negative curvature,
 * so that a search which has not converged is not mistaken for a counterexample.
 *
 * @param start unit vectors, of length ≥ 2 each.
 */
export function minimizeOnSpheres(
  problem: SphereFunction,
  start: readonly Vector[],
  options: SphereOptions = {},
): SphereMinimum {
  const tolerance = options.tolerance ?? 1e-12;
  const maximumIterations = options.maximumIterations ?? 200;
  let model = tangentModel(problem, start);
  let radius = 0.5;
  let curvature = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  for (; iterations < maximumIterations && radius > 1e-13; iterations += 1) {
    const trial = trustRegionStep(model.gradient, model.hessian, radius);
    curvature = trial.curvature;
    if (model.gradientNorm <= tolerance && curvature >= -CURVATURE_TOLERANCE) break;
    const candidate = tangentModel(problem, retract(model, trial.step));
    // Below the rounding of the value itself, only the gradient tells progress.
    const visible = trial.predicted > 1e-14 * (1 + Math.abs(model.value));
    const ratio = visible
      ? (model.value - candidate.value) / trial.predicted
      : candidate.gradientNorm < model.gradientNorm
        ? 1
        : 0;
    if (ratio < 0.25) radius = Math.min(radius, norm(trial.step)) / 4;
    else if (ratio > 0.75) radius = Math.min(2 * radius, 1.5);
    if (ratio > 0.1) model = candidate;
    else if (!visible && curvature >= -CURVATURE_TOLERANCE) break;
  }
  const { point, value, gradientNorm } = model;
  return { point, value, gradientNorm, curvature, iterations };
}

interface TangentModel {
  readonly point: readonly Vector[];
  readonly bases: readonly (readonly Vector[])[];
  readonly value: number;
  readonly gradient: number[];
  readonly gradientNorm: number;
  readonly hessian: number[][];
}

/** Value, gradient and Hessian in coordinates of the tangent space, where the spheres' curvature adds −x·∇f. */
function tangentModel(problem: SphereFunction, point: readonly Vector[]): TangentModel {
  const bases = point.map(tangentBasis);
  const ambient = problem.gradient(point);
  const ambientHessian = problem.hessian(point);
  const directions: { readonly sphere: number; readonly offset: number; readonly vector: Vector }[] = [];
  let offset = 0;
  for (let sphere = 0; sphere < point.length; sphere += 1) {
    for (const vector of bases[sphere]) directions.push({ sphere, offset, vector });
    offset += point[sphere].length;
  }
  const radial = point.map((x, sphere) => dot(x, ambient[sphere]));
  const images = directions.map(({ offset: from, vector }) =>
    ambientHessian.map((row) => vector.reduce((sum, value, i) => sum + row[from + i] * value, 0)),
  );
  const hessian = directions.map((row, i) =>
    directions.map((column, j) => {
      const bend = i === j ? radial[row.sphere] : 0;
      return column.vector.reduce((sum, value, k) => sum + value * images[i][column.offset + k], 0) - bend;
    }),
  );
  for (let i = 0; i < hessian.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      hessian[i][j] = (hessian[i][j] + hessian[j][i]) / 2;
      hessian[j][i] = hessian[i][j];
    }
  }
  const gradient = directions.map(({ sphere, vector }) => dot(vector, ambient[sphere]));
  return { point, bases, value: problem.value(point), gradient, gradientNorm: norm(gradient), hessian };
}

function retract({ point, bases }: TangentModel, step: Vector): number[][] {
  let next = 0;
  return point.map((x, sphere) => {
    const moved = bases[sphere].reduce<number[]>(
      (sum, vector) => {
        const result = addScaled(sum, step[next], vector);
        next += 1;
        return result;
      },
      [...x],
    );
    // Never zero: the step is orthogonal to x.
    return unitVector(moved) ?? [...x];
  });
}
