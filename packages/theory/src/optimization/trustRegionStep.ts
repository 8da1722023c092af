import { Matrix, symmetricEigen } from '@svf-alignment/core';
import { addScaled, type Vector } from '../linear/unitVector.ts';
import { dot, norm } from '../linear/vectors.ts';

export interface TrustRegionStep {
  readonly step: number[];
  /** The decrease that the quadratic model promises, ≥ 0. */
  readonly predicted: number;
  /** Smallest eigenvalue of the Hessian. */
  readonly curvature: number;
}

/**
 * The global minimiser of g·p + ½ pᵀHp over ‖p‖ ≤ radius, from the eigendecomposition of H (Conn, Gould and Toint
 * 2000, §7.3), the hard case included: at a saddle with g = 0 it steps along the direction of most negative curvature.
 *
 * @param hessian [n][n], symmetric.
 */
export function trustRegionStep(
  gradient: Vector,
  hessian: readonly Vector[],
  radius: number,
): TrustRegionStep {
  const { values, vectors } = symmetricEigen(new Matrix(hessian.map((row) => [...row])));
  const n = values.length;
  const basis = Array.from({ length: n }, (_, k) => vectors.getColumn(k));
  const slopes = basis.map((direction) => dot(direction, gradient));
  const curvature = values[n - 1];
  const coefficients = secularSolution(slopes, withoutRounding(values), radius);
  const step = basis.reduce<number[]>(
    (sum, direction, k) => addScaled(sum, coefficients[k], direction),
    new Array<number>(n).fill(0),
  );
  let change = 0;
  for (let k = 0; k < n; k += 1) change += coefficients[k] * (slopes[k] + 0.5 * values[k] * coefficients[k]);
  return { step, predicted: Math.max(0, -change), curvature };
}

/**
 * Eigenvalues of rounding size, positive: along a manifold of minimisers the Hessian is zero up to rounding, which must
 * not pass for a way down.
 */
function withoutRounding(values: Float64Array): Float64Array {
  const flat = 1e-10 * values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return values.map((value) => (Math.abs(value) < flat ? flat : value));
}

/** Minimiser in the eigenbasis: −slopes / (values + λ) with the smallest λ ≥ 0 that is convex and within the radius. */
function secularSolution(slopes: Vector, values: Float64Array, radius: number): number[] {
  const n = values.length;
  const lowest = values[n - 1];
  const at = (lambda: number) => slopes.map((slope, k) => (slope === 0 ? 0 : -slope / (values[k] + lambda)));
  const newton = lowest > 0 ? at(0) : undefined;
  if (newton !== undefined && norm(newton) <= radius) return newton;
  const floor = Math.max(0, -lowest);
  // ‖p(λ)‖ falls with λ; at this λ it is at most the radius.
  let high = floor + norm(slopes) / radius;
  let low = floor;
  for (let k = 0; k < 100 && high - low > 1e-14 * high; k += 1) {
    const middle = (low + high) / 2;
    if (norm(at(middle)) > radius) low = middle;
    else high = middle;
  }
  const inside = high > floor ? at(high) : new Array<number>(n).fill(0);
  const rest = radius * radius - dot(inside, inside);
  // Hard case: nothing of the gradient along the lowest eigenvector, so that λ = −lowest leaves room on it.
  if (lowest < 0 && rest > 1e-6 * radius * radius) {
    inside[n - 1] += (inside[n - 1] < 0 ? -1 : 1) * Math.sqrt(rest);
  }
  return inside;
}
