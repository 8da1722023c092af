import { choleskySolve } from '../linear/cholesky.ts';
import { dot, norm } from '../linear/vectors.ts';
import type { Objective } from './objective.ts';

export interface Minimum {
  /** M [D·D], row by row. */
  readonly parameters: Float64Array;
  readonly iterations: number;
  /** The last Newton step was below rounding. */
  readonly converged: boolean;
}

const MAXIMUM_ITERATIONS = 200;

/**
 * Longest step, against 1 + ‖M‖. Where attention is saturated the curvature all but vanishes, and Newton's step says
 * no more than a direction.
 */
const LONGEST_STEP = 1;

/**
 * Newton's method with backtracking. The objective is convex, so it goes to a minimum from any start. Where the
 * Hessian is singular the step is the least one (a ridge of 1e-9 of the trace), which leaves the directions alone in
 * which the objective is flat.
 */
export function minimise(objective: Objective, start: Float64Array): Minimum {
  let parameters = start;
  let before = Number.POSITIVE_INFINITY;
  for (let iteration = 1; iteration <= MAXIMUM_ITERATIONS; iteration += 1) {
    const { loss, gradient, hessian } = objective.derivatives(parameters);
    const step = newtonStep(hessian, gradient, LONGEST_STEP * (1 + norm(parameters)));
    const slope = dot(step, gradient);
    const size = norm(step) / (1 + norm(parameters));
    // Near the minimum a loss no longer tells a better point from a worse one: full steps, while they shrink.
    const isNear = -slope <= 1e-12 * (1 + Math.abs(loss));
    const length = isNear ? 1 : backtrack(objective, parameters, step, loss, slope);
    parameters = parameters.map((value, i) => value + length * step[i]);
    if (isNear && (size <= 1e-15 || size >= before / 2)) {
      return { parameters, iterations: iteration, converged: size < 1e-9 };
    }
    before = isNear ? size : Number.POSITIVE_INFINITY;
  }
  return { parameters, iterations: MAXIMUM_ITERATIONS, converged: false };
}

function newtonStep(hessian: Float64Array, gradient: Float64Array, longest: number): Float64Array {
  const order = gradient.length;
  const right = gradient.map((value) => -value);
  let step = choleskySolve(hessian, right);
  if (step === null) {
    let trace = 0;
    for (let i = 0; i < order; i += 1) trace += hessian[i * order + i];
    const ridged = hessian.slice();
    for (let i = 0; i < order; i += 1) ridged[i * order + i] += 1e-9 * trace;
    step = choleskySolve(ridged, right);
  }
  const size = norm(step ?? right);
  // No curvature at all: as far downhill as a step goes, or nowhere if the objective is constant.
  if (step === null) return size === 0 ? right : right.map((value) => (value * longest) / size);
  return size > longest ? step.map((value) => (value * longest) / size) : step;
}

function backtrack(
  objective: Objective,
  parameters: Float64Array,
  step: Float64Array,
  loss: number,
  slope: number,
): number {
  let length = 1;
  while (length > 2 ** -50) {
    const trial = objective.loss(parameters.map((value, i) => value + length * step[i]));
    if (trial <= loss + 1e-4 * length * slope) break;
    length /= 2;
  }
  return length;
}
