import { sigmoid } from './crossEntropy.ts';
import type { Theorem3Instance } from './instance.ts';

/**
 * Whether an orthogonal pair attains the minimum of CE, in closed form (ours): σ₁ = g₁, and |g₂| ≤ σ₂ for D ≥ 3 but
 * |g₂| = σ₂ for D = 2. Then R = 0 at every global minimiser of J, for every ρ > 0; otherwise at none. For aligned
 * features, q₁ = u₁ and k₁ = v₁.
 */
export function orthogonalMinimiserExists({
  dimension,
  sigma1,
  sigma2,
  gap1,
  gap2,
}: Theorem3Instance): boolean {
  const rounding = 1e-12 * sigma1;
  const excess = Math.abs(gap2) - sigma2;
  return (
    Math.abs(gap1 - sigma1) <= rounding && (dimension > 2 ? excess <= rounding : Math.abs(excess) <= rounding)
  );
}

/**
 * A lower bound of R at every stationary point of J, and so at every minimiser (ours): (c / (2ρ + πL/2))², with c the
 * least slope of CE among orthogonal pairs and L a bound of its curvature. Zero exactly where an orthogonal minimiser
 * of CE exists.
 */
export function interferenceLowerBound(instance: Theorem3Instance): number {
  if (orthogonalMinimiserExists(instance)) return 0;
  const slope = leastOrthogonalSlope(instance);
  return (slope / (2 * instance.rho + (Math.PI / 2) * curvatureBound(instance))) ** 2;
}

/**
 * The least norm of the gradient of CE along the spheres among pairs with R = 0:
 * σ₁ √((sigmoid(σ₁) − sigmoid(g₁))² + (sigmoid(d) − sigmoid(g₂))²), d the gap nearest to g₂ that they can have.
 */
export function leastOrthogonalSlope(instance: Theorem3Instance): number {
  const { sigma1, gap1, gap2 } = instance;
  const first = sigmoid(sigma1) - sigmoid(gap1);
  const second = sigmoid(nearestOrthogonalGap(instance)) - sigmoid(gap2);
  return sigma1 * Math.sqrt(first * first + second * second);
}

/** L = 4σ₁ + 3σ₁²/2, which the Hessian of CE along the spheres never exceeds in norm. */
export function curvatureBound({ sigma1 }: Theorem3Instance): number {
  return 4 * sigma1 + 1.5 * sigma1 * sigma1;
}

/** G = (1 + √5)σ₁, which the gradient of CE along the spheres never exceeds in norm. */
export function gradientBound({ sigma1 }: Theorem3Instance): number {
  return (1 + Math.sqrt(5)) * sigma1;
}

/** The gap d₂ nearest to g₂ among orthogonal pairs, where d₂ = σ₂(u₂·q₂)(v₂·k₂). */
export function nearestOrthogonalGap({ dimension, sigma2, gap2 }: Theorem3Instance): number {
  if (dimension === 2) return gap2 < 0 ? -sigma2 : sigma2;
  return Math.max(-sigma2, Math.min(sigma2, gap2));
}
