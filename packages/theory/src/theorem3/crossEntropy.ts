/** 1/(1 + e⁻ˣ), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * −π log sigmoid(d) − (1 − π) log(1 − sigmoid(d)) = log(1 + eᵈ) − πd: a context's share of equation (14), for a
 * student's gap d and a teacher's probability π. Smallest, the entropy of π, at sigmoid(d) = π only.
 */
export function contextCrossEntropy(gap: number, probability: number): number {
  return Math.max(gap, 0) + Math.log1p(Math.exp(-Math.abs(gap))) - probability * gap;
}
