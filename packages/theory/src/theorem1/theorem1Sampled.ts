import fc from 'fast-check';
import { sampleCondition } from '../population/sampleCondition.ts';
import { sampledPopulation } from '../population/sampledPopulation.ts';
import { cached } from '../statement/cached.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Statement } from '../statement/statement.ts';
import { analyse } from './analysis.ts';
import { minimiserConclusions } from './minimiserConclusions.ts';
import { type Theorem1Case, theorem1Case, theorem1Hypotheses } from './theorem1Case.ts';

/** A case of Theorem 1 with the sample that stands for the population. */
export interface SampledTheorem1Case extends Theorem1Case {
  /** Random queries and contexts; every query meets every context. */
  readonly queryCount: number;
  readonly contextCount: number;
  readonly seed: number;
}

const QUERIES = 64;
const CONTEXTS = 128;
const SMALLEST_SAMPLE_CONDITION = 1e-3;

const sizes = fc.record({
  dimension: fc.integer({ min: 2, max: 4 }),
  queryCount: fc.integer({ min: 7, max: 16 }),
  keyCount: fc.integer({ min: 7, max: 16 }),
  keys: fc.integer({ min: 3, max: 8 }),
});

function sampled(
  cases: fc.Arbitrary<Theorem1Case>,
  { queryCount, contextCount } = { queryCount: QUERIES, contextCount: CONTEXTS },
): fc.Arbitrary<SampledTheorem1Case> {
  return fc
    .tuple(cases, fc.nat())
    .map(([instance, seed]) => ({ ...instance, queryCount, contextCount, seed }));
}

const population = cached((instance: SampledTheorem1Case) => sampledPopulation(instance));
const analysis = cached((instance: SampledTheorem1Case) => analyse(instance, population(instance)));

/** Theorem 1 with more keys and features than can be run through: on a sample, which has the same minimiser. */
export const theorem1Sampled: Statement<SampledTheorem1Case> = defineStatement<SampledTheorem1Case>({
  id: 'theorem1-sampled',
  title: 'The unique minimiser, on a sample',
  statement: {
    text: "As Theorem 1, for 3 to 8 keys and up to 16 features a side, with random queries and contexts in place of the population: the teacher's attention can be met on every sample, so M* minimises the sampled objective too, uniquely if the sample's second moments are invertible.",
    latex:
      '\\operatorname*{arg\\,min}_M\\;\\hat{\\mathcal L}(M)=\\{\\tau\\,\\Sigma_Q^{-1}q_1k_1^\\top\\Sigma_K^{-1}\\}',
  },
  source: 'Appendix B.2.3, Theorem 1',
  defaultRuns: 100,
  arbitrary: sampled(theorem1Case(sizes)),
  hypotheses: [
    // It implies those on p, m and Σ: where one of them fails, no sample spans.
    {
      name: 'sample-spans',
      text: `the sample's E[qqᵀ] and E[DDᵀ] are invertible (in float64: λ_min/λ_max ≥ ${SMALLEST_SAMPLE_CONDITION})`,
      holds: (instance) => sampleCondition(population(instance)) >= SMALLEST_SAMPLE_CONDITION,
      breaking: fc.oneof(
        ...theorem1Hypotheses(sizes).map(({ breaking }) => sampled(breaking)),
        sampled(theorem1Case(sizes), { queryCount: 1, contextCount: CONTEXTS }),
        sampled(theorem1Case(sizes), { queryCount: QUERIES, contextCount: 1 }).map((instance) => ({
          ...instance,
          keys: 2,
        })),
      ),
    },
  ],
  conclusions: minimiserConclusions(analysis),
});
