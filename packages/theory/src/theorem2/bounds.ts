/** The paper's bound is claimed below this ε = 1 − √(2/3) ≈ 0.1835, where η = ½. */
export const PAPER_EPSILON_LIMIT = 1 - Math.sqrt(2 / 3);

/** The "in particular" form is claimed below this ε. */
export const PARTICULAR_EPSILON_LIMIT = 1 / 12;

/** η = (1 − ε)⁻² − 1 of Theorem 2, for 0 ≤ ε < 1, without cancellation. */
export function theorem2Eta(epsilon: number): number {
  const growth = epsilon / (1 - epsilon);
  return growth * (2 + growth);
}

/**
 * η/(1 − η), the bound of Theorem 2 on the sines of ∠(u₁, q₁) and ∠(v₁, k₁). Claimed for ε < `PAPER_EPSILON_LIMIT`;
 * the formula is evaluated as it stands beyond.
 */
export function theorem2Bound(epsilon: number): number {
  const eta = theorem2Eta(epsilon);
  return eta / (1 - eta);
}

/** 6ε/(1 − 6ε), the "in particular" bound of Theorem 2. Claimed for ε < 1/12; evaluated as it stands beyond. */
export function theorem2ParticularBound(epsilon: number): number {
  return (6 * epsilon) / (1 - 6 * epsilon);
}

/** 2√κ/(1 + κ), the least cosine of ∠(q, Σ⁻¹q) for a positive definite Σ of condition number κ ≥ 1 (Kantorovich). */
export function kantorovichCosine(condition: number): number {
  // κ = ∞ for a singular Σ gives 0 in the limit.
  if (condition === Number.POSITIVE_INFINITY) return 0;
  return (2 * Math.sqrt(condition)) / (1 + condition);
}

/** (κ − 1)/(κ + 1), the sine that goes with `kantorovichCosine`: the ε of the best α in Σ = α(I + E). */
export function kantorovichSine(condition: number): number {
  return condition === Number.POSITIVE_INFINITY ? 1 : (condition - 1) / (condition + 1);
}
