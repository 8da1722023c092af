import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../src/statement/statement.ts';
import { verify } from '../src/statement/verify.ts';
import { findStatement, statements } from '../src/statements.ts';

/** Share of what `verify` runs by default, with another seed. */
const SHARE = 0.2;

/** As on the command line; a script may name any of them. */
const IDS = ['lemma1', 'lemma2', 'lemma3', 'theorem1', 'corollary1', 'presence-teacher', 'theorem3'];

describe.each(statements.map((statement) => [statement.id, statement] as const))('%s', (id, statement) => {
  it('holds', async () => {
    const outcome = await verify(statement, { runs: Math.ceil(SHARE * statement.defaultRuns), seed: 2 });
    expect(outcome.counterexample).toBeNull();
    expect(outcome.passed).toBe(true);
    expect(outcome.worstSlack).toBeGreaterThanOrEqual(0);
  });

  it('is found by its id', () => {
    expect(findStatement(id)).toBe(statement);
  });

  it('draws cases of which nine in ten meet the hypotheses, and which are JSON', () => {
    const cases = fc.sample(statement.arbitrary, { numRuns: 30, seed: 5 });
    expect(cases.filter((instance) => isAdmissible(statement, instance)).length).toBeGreaterThanOrEqual(27);
    for (const instance of cases) expect(JSON.parse(JSON.stringify(instance))).toEqual(instance);
  });
});

function isAdmissible(statement: Statement<unknown>, instance: unknown): boolean {
  return statement.hypotheses.every((hypothesis) => hypothesis.holds(instance));
}

describe('statements', () => {
  it('are there under distinct ids', () => {
    const ids = statements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(IDS));
  });

  it('are refused under an unknown id', () => {
    expect(() => findStatement('theorem9')).toThrowError(
      expect.objectContaining({ code: 'unknown-statement' }),
    );
  });
});
