/**
 * Queries and key contexts with their probabilities: what the expectation in the training objective runs over. Query
 * and context are independent, so every query meets every context.
 */
export interface Population {
  readonly dimension: number;
  /** m − 1: the keys beyond the first of each context. */
  readonly others: number;
  readonly queries: readonly WeightedQuery[];
  readonly contexts: readonly WeightedContext[];
}

export interface WeightedQuery {
  readonly weight: number;
  /** [D] */
  readonly token: Float64Array;
  /** [n_Q] which features are in it: 1 or 0. */
  readonly presence: readonly number[];
}

export interface WeightedContext {
  readonly weight: number;
  /** [m − 1, D] row s: k_{s+1} − k_1. Attention depends on the keys through these alone. */
  readonly differences: Float64Array;
  /** [m − 1][n_K] the same as differences of presence: −1, 0 or 1. */
  readonly presence: readonly (readonly number[])[];
}

/** Σ presence_i · feature_i, into `target` from `offset`. */
export function addToken(
  presence: readonly number[],
  features: readonly (readonly number[])[],
  target: Float64Array,
  offset = 0,
): void {
  for (const [i, feature] of features.entries()) {
    for (let d = 0; d < feature.length; d += 1) target[offset + d] += presence[i] * feature[d];
  }
}
