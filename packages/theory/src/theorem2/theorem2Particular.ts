import { defineStatement } from '../statement/defineStatement.ts';
import { analyseTheorem2, type Theorem2Case } from './analysis.ts';
import { PARTICULAR_EPSILON_LIMIT, theorem2Eta, theorem2ParticularBound } from './bounds.ts';
import { deviationHypothesis, epsilonHypothesis } from './hypotheses.ts';
import { epsilonBelow, epsilonBetween, theorem2Case } from './theorem2Case.ts';

const epsilon = epsilonBelow(PARTICULAR_EPSILON_LIMIT);

/** The "in particular" form of Theorem 2 (Appendix B.2.3, equation 6). */
export const theorem2Particular = defineStatement<Theorem2Case>({
  id: 'theorem2-particular',
  title: 'Theorem 2 with an explicit constant',
  statement: {
    text: 'As in Theorem 2: if ε < 1/12, then η ≤ 6ε, and the sines of the angles between u₁, v₁ and q₁, k₁ are at most 6ε/(1 − 6ε).',
    latex: String.raw`\max(\|E_Q\|, \|E_K\|) \le \varepsilon < \tfrac1{12} \;\Longrightarrow\; |u_1^\top q_1|,\ |v_1^\top k_1| \ge \sqrt{1 - \left(\frac{6\varepsilon}{1-6\varepsilon}\right)^2}`,
  },
  source: 'Appendix B.2.3, Theorem 2, equation (6)',
  defaultRuns: 500,
  arbitrary: theorem2Case(epsilon),
  hypotheses: [
    // Six times the deviation: anything less would still do, so wide is the bound.
    {
      ...deviationHypothesis(epsilon),
      breaking: theorem2Case(epsilon, { placements: ['worst'] }).map((instance) => ({
        ...instance,
        epsilon: instance.epsilon / 16,
      })),
    },
    epsilonHypothesis(
      'small-epsilon',
      'ε < 1/12',
      PARTICULAR_EPSILON_LIMIT,
      // From ε = 1/6 on the formula is negative.
      theorem2Case(epsilonBetween(0.17, 0.9)),
    ),
  ],
  conclusions: [
    {
      name: 'eta',
      text: 'η ≤ 6ε',
      measure: ({ epsilon }) => ({ measured: theorem2Eta(epsilon), bound: 6 * epsilon }),
    },
    {
      name: 'angle',
      text: 'the sines are at most 6ε/(1 − 6ε)',
      measure: (instance) => ({
        measured: analyseTheorem2(instance).sine,
        bound: theorem2ParticularBound(instance.epsilon),
        tolerance: 1e-12,
      }),
    },
  ],
});
