import { frameOperator, Matrix } from '@svf-alignment/core';
import { featureMatrix } from '../linear/features.ts';

/** One side of a case of Theorem 2, queries or keys: an operator Σ = α(I + E) and a feature, or features that have it. */
export type Theorem2Side =
  | {
      readonly kind: 'operator';
      readonly alpha: number;
      /** E [D][D]. */
      readonly error: readonly (readonly number[])[];
      readonly feature: readonly number[];
    }
  | {
      readonly kind: 'frame';
      readonly alpha: number;
      /** Features, D coordinates each; the one of interest is the first. */
      readonly features: readonly (readonly number[])[];
    };

/** A side in the terms of Theorem 2. */
export interface SideOperator {
  readonly feature: readonly number[];
  /** Σ = α(I + E). */
  readonly sigma: Matrix;
  readonly error: Matrix;
}

export function sideOperator(side: Theorem2Side): SideOperator {
  const { alpha } = side;
  if (side.kind === 'frame') {
    const sigma = frameOperator(featureMatrix(side.features));
    const error = Matrix.sub(Matrix.div(sigma, alpha), Matrix.eye(sigma.rows));
    return { feature: side.features[0], sigma, error };
  }
  const error = new Matrix(side.error.map((row) => [...row]));
  return { feature: side.feature, sigma: Matrix.add(error, Matrix.eye(error.rows)).mul(alpha), error };
}
