import { Matrix, type QkFactors, svd } from '@svf-alignment/core';

/**
 * Up to here factors tell a condition κ as well as the weights do: their rounding errors move the smallest singular
 * value by at most dHead · 2⁻⁵² · κ of itself, which is 10⁻⁹ with 512 dimensions.
 */
const SURE = 1e4;

/** Largest over smallest singular value; null where the smallest is zero to working precision, as `pseudoinverse` sees it. */
export function conditionNumber(matrix: Matrix): number | null {
  const { singularValues } = svd(matrix);
  const largest = singularValues[0];
  const smallest = singularValues[singularValues.length - 1];
  const negligible = Math.max(matrix.rows, matrix.columns) * Number.EPSILON * largest;
  return smallest > negligible ? largest / smallest : null;
}

/**
 * The condition numbers of W_Q and W_K by a head's factors, which are far smaller: with W_Q = Q₁R₁, W_K = Q₂R₂ and
 * R₁R₂ᵀ = U'ΣV'ᵀ the singular values of Σ G_s = U'ᵀR₁ are those of W_Q, and those of G_d = R₂ᵀV' are those of W_K.
 *
 * @returns each ≥ 1; null where it is above 10⁴, which only the weights themselves can tell
 */
export function factorConditions({ singularValues, destination, source }: QkFactors): {
  readonly query: number | null;
  readonly key: number | null;
} {
  const query = Matrix.zeros(source.rows, source.columns);
  for (let k = 0; k < source.rows; k += 1) {
    for (let i = 0; i < source.columns; i += 1) query.set(k, i, singularValues[k] * source.get(k, i));
  }
  return { query: sureCondition(query), key: sureCondition(destination) };
}

function sureCondition(matrix: Matrix): number | null {
  const condition = conditionNumber(matrix);
  return condition !== null && condition <= SURE ? condition : null;
}
