import { defineStatement } from '../statement/defineStatement.ts';
import { analyseTheorem2, type Theorem2Case } from './analysis.ts';
import { deviationHypothesis, epsilonHypothesis } from './hypotheses.ts';
import { epsilonBelow, epsilonBetween, theorem2Case } from './theorem2Case.ts';

const epsilon = epsilonBelow(1);

/** Rounding of Σ⁻¹q, whose condition is (1 + ε)/(1 − ε). */
function rounding({ epsilon }: Theorem2Case): number {
  return 1e-13 + (1e-14 * (1 + epsilon)) / (1 - epsilon);
}

/** Theorem 2 with the best possible bound (ours). */
export const theorem2Sharp = defineStatement<Theorem2Case>({
  id: 'theorem2-sharp',
  title: 'Theorem 2 with the sharp bound ε',
  statement: {
    text: 'Let Σ_Q = α_Q(I + E_Q) and Σ_K = α_K(I + E_K) with max(‖E_Q‖, ‖E_K‖) ≤ ε < 1. Then the angles between q₁ and Σ_Q⁻¹q₁ and between k₁ and Σ_K⁻¹k₁, and so those between the singular vectors of M* and the features, have sines of at most ε and are acute. No smaller bound holds.',
    latex: String.raw`\max(\|E_Q\|, \|E_K\|) \le \varepsilon < 1 \;\Longrightarrow\; |u_1^\top q_1|,\ |v_1^\top k_1| \ge \sqrt{1 - \varepsilon^2}`,
  },
  source: 'ours; sharpens Appendix B.2.3, Theorem 2',
  defaultRuns: 1000,
  arbitrary: theorem2Case(epsilon),
  hypotheses: [
    deviationHypothesis(epsilon),
    epsilonHypothesis(
      'epsilon',
      'ε < 1',
      1,
      // Σ has an eigenvalue below zero, along which Σ⁻¹ turns vectors round.
      theorem2Case(epsilonBetween(1.1, 3), { operatorsOnly: true, placements: ['lowest-eigenvector'] }),
    ),
  ],
  conclusions: [
    {
      name: 'sine',
      text: 'the sines of ∠(u₁, q₁) and ∠(v₁, k₁) are at most ε',
      measure: (instance) => ({
        measured: analyseTheorem2(instance).sine,
        bound: instance.epsilon,
        tolerance: rounding(instance),
      }),
    },
    {
      name: 'angle',
      text: '∠(q₁, Σ_Q⁻¹q₁) and ∠(k₁, Σ_K⁻¹k₁), with their signs, are at most arcsin ε',
      measure: (instance) => ({
        measured: analyseTheorem2(instance).angle,
        bound: Math.asin(Math.min(1, instance.epsilon)),
        // The arcsine is steep near ε = 1.
        tolerance: rounding(instance) / Math.sqrt(Math.max(1e-12, 1 - instance.epsilon ** 2)),
      }),
    },
  ],
});
