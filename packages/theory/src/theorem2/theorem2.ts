import { defineStatement } from '../statement/defineStatement.ts';
import { analyseTheorem2, type Theorem2Case } from './analysis.ts';
import { PAPER_EPSILON_LIMIT, theorem2Bound, theorem2Eta } from './bounds.ts';
import { deviationHypothesis, epsilonHypothesis, unitHypothesis } from './hypotheses.ts';
import { epsilonBelow, epsilonBetween, theorem2Case } from './theorem2Case.ts';

const epsilon = epsilonBelow(PAPER_EPSILON_LIMIT);

/** Theorem 2 of the paper (Appendix B.2.3), with the two steps of its proof. */
export const theorem2 = defineStatement<Theorem2Case>({
  id: 'theorem2',
  title: 'Near-isotropic features are nearly singular vectors',
  statement: {
    text:
      'Let Σ_Q = α_Q(I + E_Q) and Σ_K = α_K(I + E_K) with max(‖E_Q‖, ‖E_K‖) ≤ ε, q₁ and k₁ unit vectors, and η = (1 − ε)⁻² − 1. Then M* = τ/(α_Q α_K) (q₁k₁ᵀ + Δ) with ‖Δ‖ ≤ η. ' +
      'If η < 1/2, then the sines of the angles between the top singular vectors u₁, v₁ of M* and q₁, k₁ are at most η/(1 − η).',
    latex: String.raw`\Sigma_Q = \alpha_Q(I + E_Q),\ \Sigma_K = \alpha_K(I + E_K),\ \max(\|E_Q\|, \|E_K\|) \le \varepsilon,\ \eta = (1-\varepsilon)^{-2} - 1 < \tfrac12 \;\Longrightarrow\; |u_1^\top q_1|,\ |v_1^\top k_1| \ge \sqrt{1 - \left(\frac{\eta}{1-\eta}\right)^2}`,
  },
  source: 'Appendix B.2.3, Theorem 2',
  defaultRuns: 1000,
  arbitrary: theorem2Case(epsilon),
  hypotheses: [
    deviationHypothesis(epsilon),
    unitHypothesis(epsilon),
    epsilonHypothesis(
      'small-eta',
      'η < 1/2, that is ε < 1 − √(2/3)',
      PAPER_EPSILON_LIMIT,
      // From ε = 1 − 1/√2 on, η exceeds 1 and the formula turns negative.
      theorem2Case(epsilonBetween(0.3, 0.9)),
    ),
  ],
  conclusions: [
    {
      name: 'perturbation',
      text: '‖Δ‖ ≤ η',
      measure: (instance) => ({
        measured: analyseTheorem2(instance).perturbation,
        bound: theorem2Eta(instance.epsilon),
        tolerance: 1e-12,
      }),
    },
    {
      name: 'wedin',
      text: 'the sines are at most ‖Δ‖/(1 − ‖Δ‖)',
      measure: (instance) => {
        const { sine, perturbation } = analyseTheorem2(instance);
        return { measured: sine, bound: perturbation / (1 - perturbation), tolerance: 1e-12 };
      },
    },
    {
      name: 'angle',
      text: 'the sines are at most η/(1 − η)',
      measure: (instance) => ({
        measured: analyseTheorem2(instance).sine,
        bound: theorem2Bound(instance.epsilon),
        tolerance: 1e-12,
      }),
    },
  ],
});
