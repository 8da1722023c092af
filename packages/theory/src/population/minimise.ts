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

const MAXIMUM_ITERATIONS = 100;

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
    const step = newtonStep(hessian, gradient);
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

function newtonStep(hessian: Float64Array, gradient: Float64Array): Float64Array {
  const order = gradient.length;
  const right = gradient.map((value) => -value);
  const step = choleskySolve(hessian, right);
  if (step !== null) return step;
  let trace = 0;
  for (let i = 0; i < order; i += 1) trace += hessian[i * order + i];
  const ridged = hessian.slice();
  for (let i = 0; i < order; i += 1) ridged[i * order + i] += 1e-9 * trace;
  // A zero Hessian belongs to a constant objective: there is nowhere to go.
  return choleskySolve(ridged, right) ?? new Float64Array(order);
}

function backtrack(
  objective: Objective,
  parameters: Float64Array,
  step: Float64Array,
  loss: number,
  slope: number,
): number {
  let length = 1;
  while (length > 1e-12) {
    const trial = objective.loss(parameters.map((value, i) => value + length * step[i]));
    if (trial <= loss + 1e-4 * length * slope) break;
    length /= 2;
  }
  return length;
}
