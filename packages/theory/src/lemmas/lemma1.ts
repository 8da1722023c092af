import fc from 'fast-check';
import { softmax } from '../linear/softmax.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Statement } from '../statement/statement.ts';
import { logitList } from './logits.ts';

/** Two lists of logits over the same keys, and a constant to add to the first. */
export interface Lemma1Case {
  readonly logits: readonly number[];
  readonly others: readonly number[];
  readonly shift: number;
}

const arbitrary: fc.Arbitrary<Lemma1Case> = fc.integer({ min: 1, max: 8 }).chain((keys) =>
  fc.record({
    logits: logitList(keys),
    others: logitList(keys),
    shift: fc.oneof(
      fc.integer({ min: -8, max: 8 }),
      fc.integer({ min: -1e6, max: 1e6 }).map((k) => k / 1000),
    ),
  }),
);

/** max − min. */
function oscillation(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** Forward error of a softmax of logits of this size: the rounding of the logits themselves, a few times over. */
function rounding(...logits: readonly number[]): number {
  return 16 * Number.EPSILON * (1 + Math.max(...logits.map(Math.abs)));
}

export const lemma1: Statement<Lemma1Case> = defineStatement<Lemma1Case>({
  id: 'lemma1',
  title: 'Softmax up to a constant',
  statement: {
    text: 'softmax(a) = softmax(b) if and only if a − b is a multiple of the all-ones vector.',
    latex:
      '\\operatorname{softmax}(a)=\\operatorname{softmax}(b)\\iff a-b=c\\,\\mathbf 1\\text{ for some }c\\in\\mathbb R',
  },
  source: 'Appendix B.2.2, Lemma 1',
  defaultRuns: 2000,
  arbitrary,
  // None: it holds for all finite logits.
  hypotheses: [],
  conclusions: [
    {
      name: 'shift-invariance',
      text: 'softmax(a + c·1) = softmax(a), entry by entry',
      measure: ({ logits, shift }) => {
        const before = softmax(logits);
        const after = softmax(logits.map((logit) => logit + shift));
        return {
          measured: Math.max(...before.map((value, i) => Math.abs(value - after[i]))),
          bound: rounding(shift, ...logits),
        };
      },
    },
    {
      name: 'logits-recovered',
      text: 'max − min of log softmax(a) − log softmax(b) equals max − min of a − b, so it is 0 for no other pair',
      measure: ({ logits, others }) => {
        const first = softmax(logits);
        const second = softmax(others);
        const seen = oscillation(first.map((value, i) => Math.log(value) - Math.log(second[i])));
        const expected = oscillation(logits.map((logit, i) => logit - others[i]));
        return { measured: Math.abs(seen - expected), bound: rounding(...logits, ...others) };
      },
    },
  ],
});
