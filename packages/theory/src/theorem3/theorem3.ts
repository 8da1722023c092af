import { defineStatement } from '../statement/defineStatement.ts';
import type { Conclusion, Hypothesis, Measurement } from '../statement/statement.ts';
import { analyseTheorem3 } from './analysis.ts';
import { gradientBound, interferenceLowerBound, orthogonalMinimiserExists } from './orthogonalMinimiser.ts';
import { feasibleCase, generalCase, type Theorem3Case, theorem3Case } from './theorem3Case.ts';

const hypotheses: readonly Hypothesis<Theorem3Case>[] = [
  {
    name: 'penalty',
    text: 'ρ > 0',
    holds: ({ rho }) => rho > 0,
    breaking: generalCase.map((instance) => ({ ...instance, rho: -instance.rho })),
  },
  {
    name: 'aligned',
    text: 'q₁ = u₁ and k₁ = v₁',
    holds: ({ misalignment }) => misalignment === 0,
    breaking: feasibleCase.map((instance) => ({ ...instance, misalignment: 0.5 })),
  },
  {
    name: 'global-minimiser',
    text: 'x* is a global minimiser of J: stationary to 1e-6, and no search ends below it by more than 1e-9',
    holds: (instance) => {
      const { minimum, lowestValue } = analyseTheorem3(instance);
      return minimum.gradientNorm <= 1e-6 && minimum.value <= lowestValue + 1e-9;
    },
    breaking: generalCase.map((instance) => ({ ...instance, searchSteps: 1 })),
  },
  {
    name: 'orthogonal-comparison',
    text: "R(x') = 0, to 1e-20",
    holds: (instance) => analyseTheorem3(instance).comparisonInterference <= 1e-20,
    breaking: generalCase.map((instance) => ({ ...instance, comparison: 'any' as const })),
  },
];

/** R(x*) against the bound that the best of all comparison points gives. */
export function finiteRhoMeasurement(instance: Theorem3Case, factor = 1): Measurement {
  const { interference, crossEntropy, comparisonCrossEntropy } = analyseTheorem3(instance);
  return {
    measured: interference,
    bound: (factor * (comparisonCrossEntropy - crossEntropy)) / instance.rho,
    tolerance: 1e-10 / Math.abs(instance.rho),
  };
}

const conclusions: readonly Conclusion<Theorem3Case>[] = [
  {
    name: 'finite-rho',
    text: "R(x*) ≤ (CE(x') − CE(x*))/ρ for 64 points x' with R(x') = 0, the one of least CE among them",
    measure: (instance) => finiteRhoMeasurement(instance),
  },
  {
    name: 'orthogonal-if-attained',
    text: 'R(x*) = 0 to 1e-9 if an orthogonal pair attains the minimum of CE',
    measure: (instance) => ({
      measured: orthogonalMinimiserExists(instance) ? analyseTheorem3(instance).interference : 0,
      bound: 0,
      tolerance: 1e-9,
    }),
  },
  {
    name: 'not-orthogonal-otherwise',
    text: 'R(x*) ≥ (c/(2ρ + πL/2))² > 0 if none does (ours)',
    measure: (instance) => ({
      measured: interferenceLowerBound(instance),
      bound: analyseTheorem3(instance).interference,
      tolerance: 1e-12,
    }),
  },
  {
    name: 'inverse-square',
    text: 'R(x*)(1 − R(x*)) ≤ (G/(2ρ))² with G = (1 + √5)σ₁ (ours)',
    measure: (instance) => {
      const { interference } = analyseTheorem3(instance);
      return {
        measured: interference * (1 - interference),
        bound: (gradientBound(instance) / (2 * instance.rho)) ** 2,
      };
    },
  },
];

/** Theorem 3 (Appendix B.3): a penalty on interference makes the second feature pair orthogonal to the first. */
export const theorem3 = defineStatement<Theorem3Case>({
  id: 'theorem3',
  title: 'Cross-entropy with an interference penalty orthogonalises features',
  statement: {
    text:
      "Let M = σ₁u₁v₁ᵀ + σ₂u₂v₂ᵀ with σ₁ > σ₂ > 0, q₁ = u₁ and k₁ = v₁, and let x* = (q₂, k₂) be a global minimiser of J = CE + ρR, R = (q₁·q₂)² + (k₁·k₂)², ρ > 0, over unit vectors. Then R(x*) ≤ (CE(x') − CE(x*))/ρ for every x' with R(x') = 0. If such an x' attains the minimum of CE, then R(x*) = 0. " +
      'Ours: one does exactly if g₁ = σ₁ and |g₂| ≤ σ₂ (|g₂| = σ₂ in two dimensions); otherwise R(x*) ≥ (c/(2ρ + πL/2))² > 0, with c the least slope of CE on R = 0 and L = 4σ₁ + 3σ₁²/2. Always R(x*)(1 − R(x*)) ≤ (G/(2ρ))² with G = (1 + √5)σ₁.',
    latex: String.raw`x^* \in \arg\min_{\|q_2\|=\|k_2\|=1} \; \mathrm{CE} + \rho R,\quad R = (q_1^\top q_2)^2 + (k_1^\top k_2)^2,\ \rho > 0 \;\Longrightarrow\; R(x^*) \le \frac{\mathrm{CE}(x') - \mathrm{CE}(x^*)}{\rho} \text{ for all } x' \text{ with } R(x') = 0;\quad R(x^*) = 0 \text{ if some such } x' \text{ attains } \min \mathrm{CE}`,
  },
  source: 'Appendix B.3.2, Theorem 3; the criterion and the bounds in 1/ρ² are ours',
  defaultRuns: 300,
  arbitrary: theorem3Case,
  hypotheses,
  conclusions,
});
