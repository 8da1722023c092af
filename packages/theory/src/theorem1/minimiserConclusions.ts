import { whitened } from '../linear/features.ts';
import { sineBetween } from '../linear/vectors.ts';
import type { Conclusion } from '../statement/statement.ts';
import { relativeDistance, type Theorem1Analysis } from './analysis.ts';
import type { Theorem1Case } from './theorem1Case.ts';

/** Eight digits: what a minimum can be told to, with the conditions that the hypotheses admit. */
export const MINIMISER_PRECISION = 1e-8;

/** What Theorem 1 says of the minimiser that training finds, exact population or sampled. */
export function minimiserConclusions<Case extends Theorem1Case>(
  analysis: (instance: Case) => Theorem1Analysis,
): readonly Conclusion<Case>[] {
  return [
    {
      name: 'unique-minimiser',
      text: 'from a random start, training ends at M* (distance relative to ‖M*‖)',
      measure: (instance) => {
        const { found, predicted } = analysis(instance);
        return { measured: relativeDistance(found, predicted), bound: MINIMISER_PRECISION };
      },
    },
    {
      name: 'rank-one',
      text: 'the second singular value of the minimiser is 0 (against the first)',
      measure: (instance) => {
        const [first, second] = analysis(instance).decomposition.singularValues;
        return { measured: second / first, bound: MINIMISER_PRECISION };
      },
    },
    {
      name: 'left-singular-vector',
      text: 'u_1 ∝ Σ_Q⁻¹q_1 (sine of the angle)',
      measure: (instance) => {
        const { U } = analysis(instance).decomposition;
        return {
          measured: sineBetween(U.getColumn(0), whitened(instance.queryFeatures)),
          bound: MINIMISER_PRECISION,
        };
      },
    },
    {
      name: 'right-singular-vector',
      text: 'v_1 ∝ Σ_K⁻¹k_1 (sine of the angle)',
      measure: (instance) => {
        const { V } = analysis(instance).decomposition;
        return {
          measured: sineBetween(V.getColumn(0), whitened(instance.keyFeatures)),
          bound: MINIMISER_PRECISION,
        };
      },
    },
  ];
}
