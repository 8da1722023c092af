import type fc from 'fast-check';
import type { Hypothesis } from '../statement/statement.ts';
import { analyseTheorem2, type Theorem2Case } from './analysis.ts';
import { type Theorem2CaseOptions, theorem2Case } from './theorem2Case.ts';

/** Rounding of a norm of order one. */
const ROUNDING = 1e-12;

/** max(‖E_Q‖, ‖E_K‖) ≤ ε. Broken by an ε that is a quarter of the deviation. */
export function deviationHypothesis(
  epsilon: fc.Arbitrary<number>,
  options: Theorem2CaseOptions = {},
): Hypothesis<Theorem2Case> {
  return {
    name: 'deviation',
    text: 'max(‖E_Q‖, ‖E_K‖) ≤ ε, to 1e-12',
    holds: (instance) => analyseTheorem2(instance).deviation <= instance.epsilon + ROUNDING,
    breaking: theorem2Case(epsilon, { ...options, placements: ['worst', 'near-worst'] }).map((instance) => ({
      ...instance,
      epsilon: instance.epsilon / 4,
    })),
  };
}

/** ‖q₁‖ = ‖k₁‖ = 1. Broken by a longer q₁. */
export function unitHypothesis(epsilon: fc.Arbitrary<number>): Hypothesis<Theorem2Case> {
  return {
    name: 'unit-features',
    text: '‖q₁‖ = ‖k₁‖ = 1, to 1e-12',
    holds: (instance) => analyseTheorem2(instance).lengthError <= ROUNDING,
    breaking: theorem2Case(epsilon, { operatorsOnly: true }).map((instance) => ({
      ...instance,
      query:
        instance.query.kind === 'operator'
          ? { ...instance.query, feature: instance.query.feature.map((value) => 3 * value) }
          : instance.query,
    })),
  };
}

/** ε < limit. */
export function epsilonHypothesis(
  name: string,
  text: string,
  limit: number,
  breaking: fc.Arbitrary<Theorem2Case>,
): Hypothesis<Theorem2Case> {
  return { name, text, holds: ({ epsilon }) => epsilon >= 0 && epsilon < limit, breaking };
}
