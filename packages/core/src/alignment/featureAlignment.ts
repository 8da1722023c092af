import { type AbstractMatrix, Matrix } from 'ml-matrix';
import type { SingularValueDecomposition } from '../svd/svd.ts';
import { cosineMatrix } from './cosineMatrix.ts';

/** How well features and singular vectors of a head agree in direction. */
export interface FeatureAlignment {
  /** [N, r]: |cos(w_i, u_k)|, destination (query) side. */
  readonly left: Matrix;
  /** [N, r]: |cos(w_i, v_k)|, source (key) side. */
  readonly right: Matrix;
}

/**
 * Absolute cosines of every feature with every left and right singular vector. A feature that is zero has cosine 0.
 *
 * @param features W [D, N], one feature per column.
 * @param decomposition of Ω, with U and V of D rows.
 * @throws SvfError `shape-mismatch`; `non-finite-entry`.
 */
export function featureAlignment(
  features: AbstractMatrix,
  decomposition: Pick<SingularValueDecomposition, 'U' | 'V'>,
): FeatureAlignment {
  return {
    left: Matrix.abs(cosineMatrix(features, decomposition.U)),
    right: Matrix.abs(cosineMatrix(features, decomposition.V)),
  };
}
