/** Σ_k weight_k b_k b_kᵀ [D][D], exactly symmetric, of vectors b_k. */
export function weightedProjections(
  basis: readonly (readonly number[])[],
  weights: readonly number[],
): number[][] {
  const indices = Array.from(basis[0], (_, i) => i);
  return indices.map((i) =>
    indices.map((j) => basis.reduce((sum, vector, k) => sum + weights[k] * (vector[i] * vector[j]), 0)),
  );
}
