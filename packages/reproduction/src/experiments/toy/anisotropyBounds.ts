import { kantorovichCosine, theorem2Bound } from '@svf-alignment/theory';

/**
 * The least |cos| of a feature with its singular vector by Theorem 2 of the paper, for the sine that it bounds.
 *
 * @param deviation ε, from 0 to `PAPER_EPSILON_LIMIT`, where the bound is 0
 */
export function theorem2Cosine(deviation: number): number {
  return Math.sqrt(Math.max(0, 1 - theorem2Bound(deviation) ** 2));
}

/** The same for features of covariance I + δ v vᵀ at any δ ≥ 0, whose condition number is 1 + δ. It is attained. */
export function sharpCosine(deviation: number): number {
  return kantorovichCosine(1 + deviation);
}
