import { Matrix, randomStream } from '@svf-alignment/core';
import { unitVector } from '../linear/unitVector.ts';
import { sineBetween } from '../linear/vectors.ts';
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
 * The feature that a symmetric positive definite Σ turns farthest from its Σ⁻¹q, by second-order search over
 * x = Σ⁻¹q from random starts: it knows nothing of eigenvectors, and so tests what Kantorovich's inequality says.
 *
 * @param sigma Σ [D, D].
 */
export function worstFeatureSearch(sigma: Matrix, starts: number, seed: number): WorstFeature {
  const problem = logCosine(sigma);
  const random = randomStream(seed, 'theorem2/worst-feature');
  let best = { point: [randomUnitVector(sigma.rows, random)] as readonly (readonly number[])[], value: 1 };
  for (let k = 0; k < starts; k += 1) {
    const found = minimizeOnSpheres(problem, [randomUnitVector(sigma.rows, random)]);
    if (found.value < best.value) best = found;
  }
  const x = best.point[0];
  const image = apply(sigma, x);
  return {
    feature: unitVector(image) ?? x,
    cosine: Math.exp(best.value),
    sine: sineBetween(x, image),
  };
}

/** log(xᵀΣx) − ½ log(xᵀΣ²x) − ½ log(xᵀx) with its derivatives. */
function logCosine(sigma: Matrix): SphereFunction {
  const square = sigma.mmul(sigma);
  const order = sigma.rows;
  const parts = (x: readonly number[]) => {
    const once = apply(sigma, x);
    const twice = apply(square, x);
    return { once, twice, a: inner(x, once), b: inner(once, once), n: inner(x, x) };
  };
  return {
    value: ([x]) => {
      const { a, b, n } = parts(x);
      return Math.log(a) - (Math.log(b) + Math.log(n)) / 2;
    },
    gradient: ([x]) => {
      const { once, twice, a, b, n } = parts(x);
      return [x.map((value, i) => (2 * once[i]) / a - twice[i] / b - value / n)];
    },
    hessian: ([x]) => {
      const { once, twice, a, b, n } = parts(x);
      return Array.from({ length: order }, (_, i) =>
        Array.from(
          { length: order },
          (__, j) =>
            (2 * sigma.get(i, j)) / a -
            (4 * once[i] * once[j]) / (a * a) -
            square.get(i, j) / b +
            (2 * twice[i] * twice[j]) / (b * b) -
            (i === j ? 1 / n : 0) +
            (2 * x[i] * x[j]) / (n * n),
        ),
      );
    },
  };
}

function apply(matrix: Matrix, x: readonly number[]): number[] {
  return matrix.mmul(Matrix.columnVector([...x])).to1DArray();
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
