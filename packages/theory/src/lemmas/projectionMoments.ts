/** Of a squared projection: its mean, its variance, and R with 0 ≤ value ≤ R. */
export interface ProjectionMoments {
  readonly mean: number;
  readonly variance: number;
  readonly range: number;
}

function powerSum(values: readonly number[], power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0);
}

function squaredRange(projections: readonly number[]): number {
  return projections.reduce((sum, projection) => sum + Math.abs(projection), 0) ** 2;
}

/**
 * Of y² with y = Σ c_i(ξ_i − ξ'_i) and ξ, ξ' independent Bernoulli(p): each difference has second and fourth moment
 * v = 2p(1 − p), so E y⁴ = 3v²(Σc²)² + (v − 3v²)Σc⁴.
 */
export function pairDifferenceProjection(projections: readonly number[], p: number): ProjectionMoments {
  const v = 2 * p * (1 - p);
  const mean = v * powerSum(projections, 2);
  const fourth = 3 * mean ** 2 + (v - 3 * v ** 2) * powerSum(projections, 4);
  return { mean, variance: Math.max(fourth - mean ** 2, 0), range: squaredRange(projections) };
}

/** Of z² with z = Σ c_i ξ_i, from the mean of z and the cumulants of a Bernoulli(p). */
export function tokenProjection(projections: readonly number[], p: number): ProjectionMoments {
  const variance = p * (1 - p);
  const mean = p * powerSum(projections, 1);
  const second = variance * powerSum(projections, 2);
  const third = variance * (1 - 2 * p) * powerSum(projections, 3);
  const fourth = 3 * second ** 2 + variance * (1 - 6 * variance) * powerSum(projections, 4);
  const square = mean ** 2 + second;
  const fourthMoment = mean ** 4 + 6 * mean ** 2 * second + 4 * mean * third + fourth;
  return {
    mean: square,
    variance: Math.max(fourthMoment - square ** 2, 0),
    range: squaredRange(projections),
  };
}
