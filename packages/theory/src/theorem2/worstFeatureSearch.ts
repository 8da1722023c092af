import { Matrix, randomStream, symmetricPower } from '@svf-alignment/core';
import { unitVector } from '../linear/unitVector.ts';
import { dot, sineBetween } from '../linear/vectors.ts';
import { minimizeOnSpheres, type SphereFunction } from '../optimization/minimizeOnSpheres.ts';
import { randomUnitVector } from '../optimization/randomUnitVector.ts';

export interface WorstFeature {
  /** q, a unit vector. */
  readonly feature: readonly number[];
  /** Cosine and sine of ∠(q, Σ⁻¹q). */
  readonly cosine: number;
  readonly sine: number;
}

/**
 * The feature that a symmetric positive definite Σ turns farthest from its Σ⁻¹q, by second-order search from random
 * starts over z = Σ^(−½)q, for which the cosine is zᵀz/√(zᵀΣz · zᵀΣ⁻¹z). It knows nothing of eigenvectors, and so
 * tests what Kantorovich's inequality says.
 *
 * @param sigma Σ [D, D], D ≥ 2.
 * @throws SvfError those of `symmetricPower`.
 */
export function worstFeatureSearch(sigma: Matrix, starts: number, seed: number): WorstFeature {
  const inverse = symmetricPower(sigma, -1);
  const problem = logCosine(sigma, inverse);
  const random = randomStream(seed, 'theorem2/worst-feature');
  let best = minimizeOnSpheres(problem, [randomUnitVector(sigma.rows, random)]);
  for (let k = 1; k < starts; k += 1) {
    const found = minimizeOnSpheres(problem, [randomUnitVector(sigma.rows, random)]);
    if (found.value < best.value) best = found;
  }
  const feature = apply(symmetricPower(sigma, 0.5), best.point[0]);
  return {
    feature: unitVector(feature) ?? feature,
    cosine: Math.exp(best.value),
    sine: sineBetween(feature, apply(inverse, feature)),
  };
}

/** log(zᵀz) − ½ log(zᵀΣz) − ½ log(zᵀΣ⁻¹z) with its derivatives. */
function logCosine(sigma: Matrix, inverse: Matrix): SphereFunction {
  const order = sigma.rows;
  const parts = (z: readonly number[]) => {
    const forward = apply(sigma, z);
    const backward = apply(inverse, z);
    return { forward, backward, a: dot(z, forward), b: dot(z, backward), n: dot(z, z) };
  };
  return {
    value: ([z]) => {
      const { a, b, n } = parts(z);
      return Math.log(n) - (Math.log(a) + Math.log(b)) / 2;
    },
    gradient: ([z]) => {
      const { forward, backward, a, b, n } = parts(z);
      return [z.map((value, i) => (2 * value) / n - forward[i] / a - backward[i] / b)];
    },
    hessian: ([z]) => {
      const { forward, backward, a, b, n } = parts(z);
      return Array.from({ length: order }, (_, i) =>
        Array.from(
          { length: order },
          (__, j) =>
            (i === j ? 2 / n : 0) -
            (4 * z[i] * z[j]) / (n * n) -
            sigma.get(i, j) / a +
            (2 * forward[i] * forward[j]) / (a * a) -
            inverse.get(i, j) / b +
            (2 * backward[i] * backward[j]) / (b * b),
        ),
      );
    },
  };
}

function apply(matrix: Matrix, x: readonly number[]): number[] {
  return matrix.mmul(Matrix.columnVector([...x])).to1DArray();
}
