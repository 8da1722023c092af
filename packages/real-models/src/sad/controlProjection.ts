import { type Matrix, type QkFactors, rowProducts } from '@svf-alignment/core';
import { type HeadProjection, projectionOf } from './headProjection.ts';

/** An orthogonal matrix [K, K], its columns one after the other. */
export type RotationColumns = Float64Array;

/**
 * The tokens as a head with Ω = (U Q₁) Σ (V Q₂)ᵀ would see them: spectrum and rank are unchanged, the singular vectors
 * are others, and so are the scores. p' = (p Σ⁻¹ Q₁) Σ, q' = q Q₂.
 */
export function rotatedProjection(
  projection: HeadProjection,
  factors: QkFactors,
  left: RotationColumns,
  right: RotationColumns,
): HeadProjection {
  const count = projection.terms;
  const { singularValues } = factors;
  const unscaled = scaledColumns(projection.destination, inverses(factors));
  const destination = scaledColumns(rowProducts(unscaled, left, count), singularValues);
  return projectionOf(destination, rowProducts(projection.source, right, count), count);
}

/**
 * The same head cut into other terms, Ω = (U Σ^½ Q)(Qᵀ Σ^½ Vᵀ): every score is what it was.
 * p' = p Σ^−½ Q, q' = q Σ^½ Q.
 */
export function sameOmegaProjection(
  projection: HeadProjection,
  factors: QkFactors,
  rotation: RotationColumns,
): HeadProjection {
  const count = projection.terms;
  const destination = scaledColumns(projection.destination, inverses(factors).map(Math.sqrt));
  const source = scaledColumns(projection.source, factors.singularValues.map(Math.sqrt));
  return projectionOf(rowProducts(destination, rotation, count), rowProducts(source, rotation, count), count);
}

/** 1/σ_k; 0 for terms that are zero to working precision, which have a zero row in G_s: they stay zero. */
function inverses({ singularValues, source }: QkFactors): Float64Array {
  return singularValues.map((value, k) => (isZeroRow(source, k) ? 0 : 1 / value));
}

function isZeroRow(matrix: Matrix, row: number): boolean {
  for (let column = 0; column < matrix.columns; column += 1) if (matrix.get(row, column) !== 0) return false;
  return true;
}

function scaledColumns(matrix: Float64Array, factors: Float64Array): Float64Array {
  const columns = factors.length;
  const scaled = new Float64Array(matrix.length);
  for (let at = 0; at < matrix.length; at += columns) {
    for (let k = 0; k < columns; k += 1) scaled[at + k] = matrix[at + k] * factors[k];
  }
  return scaled;
}
