import { addScaled } from '../linear/unitVector.ts';

/**
 * The direction that turns farthest under Σ⁻¹ (equality in Kantorovich's inequality):
 * q = √(l/(l + L)) e_l + √(L/(l + L)) e_L, for the smallest and the largest eigenvalue l, L > 0 of Σ and unit
 * eigenvectors of them. The cosine of ∠(q, Σ⁻¹q) is 2√(lL)/(l + L).
 */
export function worstFeature(
  smallest: number,
  smallestVector: readonly number[],
  largest: number,
  largestVector: readonly number[],
): number[] {
  const sum = smallest + largest;
  const low = Math.sqrt(smallest / sum);
  return addScaled(
    smallestVector.map((value) => low * value),
    Math.sqrt(largest / sum),
    largestVector,
  );
}
