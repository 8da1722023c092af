import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corollary1 } from '../src/corollary1/corollary1.ts';
import { lemma2 } from '../src/lemmas/lemma2.ts';
import { lemma3 } from '../src/lemmas/lemma3.ts';
import { lemma3Sampled } from '../src/lemmas/lemma3Sampled.ts';
import { presenceTeacher } from '../src/presenceTeacher/presenceTeacher.ts';
import { ConclusionViolated } from '../src/statement/ConclusionViolated.ts';
import type { Statement } from '../src/statement/statement.ts';
import { withoutHypothesis } from '../src/statement/variants.ts';
import { verifyBlock } from '../src/statement/verifyBlock.ts';
import { theorem1 } from '../src/theorem1/theorem1.ts';
import { theorem1Sampled } from '../src/theorem1/theorem1Sampled.ts';
import { theorem1Singular } from '../src/theorem1/theorem1Singular.ts';

const examined: readonly Statement<unknown>[] = [
  lemma2,
  lemma3,
  lemma3Sampled,
  theorem1,
  theorem1Sampled,
  theorem1Singular,
  corollary1,
  presenceTeacher,
];

const hypotheses = examined.flatMap((statement) =>
  statement.hypotheses.map((hypothesis) => [statement.id, hypothesis.name, statement, hypothesis] as const),
);

describe.each(hypotheses)('%s without %s', (_, name, statement, hypothesis) => {
  it('has a counterexample', () => {
    // endOnFailure: shrinking is of no use here.
    const details = fc.check(withoutHypothesis(statement, name).property(), {
      seed: 1,
      numRuns: 100,
      endOnFailure: true,
    });
    if (!(details.errorInstance instanceof ConclusionViolated)) {
      throw details.errorInstance ?? new Error('No counterexample.');
    }
    expect(details.errorInstance.conclusion.slack).not.toBeGreaterThanOrEqual(0);
  });

  it('is tried on cases that break this hypothesis and no other', () => {
    for (const instance of fc.sample(hypothesis.breaking, { numRuns: 20, seed: 1 })) {
      const broken = statement.hypotheses
        .filter((other) => !other.holds(instance))
        .map((other) => other.name);
      expect(broken).toEqual([name]);
    }
  });
});

it('a found counterexample is reproduced by its block', () => {
  const without = withoutHypothesis(corollary1, 'key-frame-tight');
  const options = { seed: 4, block: 2, blockSize: 10, runs: 10 };
  expect(verifyBlock(without, options)).toEqual(verifyBlock(without, options));
});
