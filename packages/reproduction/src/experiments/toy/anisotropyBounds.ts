/** The deviation from isotropy at which Theorem 2 ends: 1 − √(2/3). */
export const THEOREM_2_END = 1 - Math.sqrt(2 / 3);

/**
 * The least |cos| of a feature with its singular vector by Theorem 2 of the paper, √(1 − (η/(1 − η))²) with
 * η = (1 − ε)⁻² − 1.
 *
 * @param deviation ε, from 0 to {@link THEOREM_2_END}, where the bound is 0
 */
export function theorem2Bound(deviation: number): number {
  const eta = (1 - deviation) ** -2 - 1;
  return Math.sqrt(Math.max(0, 1 - (eta / (1 - eta)) ** 2));
}

/**
 * The same for features of covariance I + δ v vᵀ at any δ ≥ 0, by Kantorovich's inequality: 2√κ/(1 + κ) with the
 * condition number κ = 1 + δ. It is attained.
 */
export function sharpBound(deviation: number): number {
  return (2 * Math.sqrt(1 + deviation)) / (2 + deviation);
}
