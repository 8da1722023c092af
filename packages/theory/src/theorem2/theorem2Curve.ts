import { haarOrthogonal, randomStream } from '@svf-alignment/core';
import { sineBetween } from '../linear/vectors.ts';
import { randomUnitVector } from '../optimization/randomUnitVector.ts';
import {
  PAPER_EPSILON_LIMIT,
  PARTICULAR_EPSILON_LIMIT,
  theorem2Bound,
  theorem2ParticularBound,
} from './bounds.ts';
import { worstCaseSearch } from './worstCaseSearch.ts';

/** Theorem 2 at one ε: sines of ∠(q, Σ⁻¹q) as measured and as bounded. */
export interface Theorem2CurvePoint {
  readonly epsilon: number;
  /** Median over random cases. */
  readonly medianSine: number;
  /** Nineteen of twenty random cases lie at or below this. */
  readonly highSine: number;
  /** Largest over random cases. */
  readonly largestSine: number;
  /** Found by a search over E and q. */
  readonly worstSine: number;
  /** ε: the sharp bound. */
  readonly sharpBound: number;
  /** η/(1 − η), or null where the paper claims nothing. */
  readonly paperBound: number | null;
  /** 6ε/(1 − 6ε), or null where the paper claims nothing. */
  readonly particularBound: number | null;
}

export interface Theorem2CurveOptions {
  /** Values of ε in (0, 1). Default 0.02, 0.04, …, 0.98. */
  readonly epsilons?: readonly number[];
  /** D ≥ 2. Default 10. */
  readonly dimension?: number;
  /** Random cases at each ε. Default 200. */
  readonly samples?: number;
  readonly seed?: number;
}

/**
 * Both bounds of Theorem 2 and what is measured, as a function of ε: the data of a figure. A random case has
 * E = V diag(e) Vᵀ with V uniform over the rotations, e uniform in [−ε, ε] but for one eigenvalue at each end, and a
 * uniform q. The same options give the same curve.
 */
export function theorem2Curve(options: Theorem2CurveOptions = {}): Theorem2CurvePoint[] {
  const { dimension = 10, samples = 200, seed = 1 } = options;
  const epsilons = options.epsilons ?? Array.from({ length: 49 }, (_, k) => (k + 1) / 50);
  return epsilons.map((epsilon) => {
    const random = randomStream(seed, `theorem2/curve/${epsilon}`);
    const sines = Array.from({ length: samples }, () => {
      const basis = haarOrthogonal(dimension, random);
      const feature = randomUnitVector(dimension, random);
      const image = new Array<number>(dimension).fill(0);
      for (let k = 0; k < dimension; k += 1) {
        const eigenvalue = 1 + epsilon * (k === 0 ? -1 : k === 1 ? 1 : 2 * random.uniform() - 1);
        const vector = basis.getColumn(k);
        const share = vector.reduce((sum, value, i) => sum + value * feature[i], 0) / eigenvalue;
        for (let i = 0; i < dimension; i += 1) image[i] += share * vector[i];
      }
      return sineBetween(image, feature);
    }).sort((a, b) => a - b);
    return {
      epsilon,
      medianSine: quantile(sines, 0.5),
      highSine: quantile(sines, 0.95),
      largestSine: sines[sines.length - 1],
      worstSine: worstCaseSearch({ dimension, epsilon, seed, starts: 2 }).sine,
      sharpBound: epsilon,
      paperBound: epsilon < PAPER_EPSILON_LIMIT ? theorem2Bound(epsilon) : null,
      particularBound: epsilon < PARTICULAR_EPSILON_LIMIT ? theorem2ParticularBound(epsilon) : null,
    };
  });
}

/** The smallest value that at least this share of the sorted values does not exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
