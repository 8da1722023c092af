import { addScaled, type Vector } from '../linear/unitVector.ts';
import { dot } from '../linear/vectors.ts';
import type { SphereFunction } from '../optimization/minimizeOnSpheres.ts';
import { contextCrossEntropy, sigmoid } from './crossEntropy.ts';
import { type Theorem3Instance, theorem3Frame } from './instance.ts';

/** The parts of equation (16) at a point [q₂, k₂]. */
export interface Theorem3Objective extends SphereFunction {
  /** CE of equation (14), summed over the two contexts. */
  crossEntropy(point: readonly Vector[]): number;
  /** R = (q₁·q₂)² + (k₁·k₂)². */
  interference(point: readonly Vector[]): number;
  /** The student's gaps d₁ = q₁ᵀM(k₁ − k₂) and d₂ = q₂ᵀM(k₂ − k₁). */
  gaps(point: readonly Vector[]): readonly [number, number];
}

/** J = CE + ρR of an instance (equation 16) as a function of the unit vectors [q₂, k₂], with its derivatives. */
export function theorem3Objective(instance: Theorem3Instance): Theorem3Objective {
  const { sigma1, sigma2, rho, gap1, gap2, dimension } = instance;
  const { u1, u2, v1, v2, q1, k1 } = theorem3Frame(instance);
  const teacher = [sigmoid(gap1), sigmoid(gap2)];
  const apply = (k: Vector) => combine(sigma1 * dot(v1, k), u1, sigma2 * dot(v2, k), u2);
  const applyTransposed = (q: Vector) => combine(sigma1 * dot(u1, q), v1, sigma2 * dot(u2, q), v2);
  const firstQuery = applyTransposed(q1);
  const difference = (k2: Vector) => apply(addScaled(k2, -1, k1));

  const gaps = ([q2, k2]: readonly Vector[]): readonly [number, number] => [
    dot(firstQuery, addScaled(k1, -1, k2)),
    dot(q2, difference(k2)),
  ];
  const crossEntropy = (point: readonly Vector[]) => {
    const [d1, d2] = gaps(point);
    return contextCrossEntropy(d1, teacher[0]) + contextCrossEntropy(d2, teacher[1]);
  };
  const interference = ([q2, k2]: readonly Vector[]) => dot(q1, q2) ** 2 + dot(k1, k2) ** 2;

  const gradient = (point: readonly Vector[]) => {
    const [q2, k2] = point;
    const [d1, d2] = gaps(point);
    const slope1 = sigmoid(d1) - teacher[0];
    const slope2 = sigmoid(d2) - teacher[1];
    const query = combine(slope2, difference(k2), 2 * rho * dot(q1, q2), q1);
    const key = combine(slope2, applyTransposed(q2), 2 * rho * dot(k1, k2), k1);
    return [query, addScaled(key, -slope1, firstQuery)];
  };

  const hessian = (point: readonly Vector[]) => {
    const [q2, k2] = point;
    const [d1, d2] = gaps(point);
    const slope2 = sigmoid(d2) - teacher[1];
    const bend1 = sigmoid(d1) * sigmoid(-d1);
    const bend2 = sigmoid(d2) * sigmoid(-d2);
    const a = difference(k2);
    const b = applyTransposed(q2);
    const result = Array.from({ length: 2 * dimension }, () => new Array<number>(2 * dimension).fill(0));
    for (let i = 0; i < dimension; i += 1) {
      for (let j = 0; j < dimension; j += 1) {
        const m = sigma1 * u1[i] * v1[j] + sigma2 * u2[i] * v2[j];
        const cross = bend2 * a[i] * b[j] + slope2 * m;
        result[i][j] = bend2 * a[i] * a[j] + 2 * rho * q1[i] * q1[j];
        result[i][dimension + j] = cross;
        result[dimension + j][i] = cross;
        result[dimension + i][dimension + j] =
          bend1 * firstQuery[i] * firstQuery[j] + bend2 * b[i] * b[j] + 2 * rho * k1[i] * k1[j];
      }
    }
    return result;
  };

  const value = (point: readonly Vector[]) => crossEntropy(point) + rho * interference(point);
  return { value, gradient, hessian, crossEntropy, interference, gaps };
}

function combine(a: number, x: Vector, b: number, y: Vector): number[] {
  return x.map((value, i) => a * value + b * y[i]);
}
