import { describe, expect, it } from 'vitest';
import { formatOutcome, formatOutcomes } from '../../src/statement/formatOutcome.ts';
import { withConclusion } from '../../src/statement/variants.ts';
import { verify } from '../../src/statement/verify.ts';
import { verifyAll } from '../../src/statement/verifyAll.ts';
import { rootMean } from './rootMean.ts';

const broken = withConclusion(rootMean, 'mean-inequality', () => ({ measured: 2, bound: 1 }));

describe('formatOutcome', () => {
  it('is one line for what holds', async () => {
    const text = formatOutcome(await verify(rootMean, { runs: 20 }));
    expect(text).toMatch(/^root-mean \(.*\): holds\. 20 of 20 cases met the hypotheses/);
    expect(text).not.toContain('\n');
  });

  it('shows a counterexample with a snippet that reproduces it', async () => {
    const outcome = await verify(broken, { runs: 20, seed: 5 });
    const text = formatOutcome(outcome);
    expect(text).toContain('VIOLATED');
    expect(text).toContain('measured 2 against the bound 1');
    expect(text).toContain('case: {"a":0,"b":0}');
    expect(text).toContain(
      `fc.assert(findStatement('root-mean').property(), { seed: ${outcome.seed}, path: '${outcome.path}' });`,
    );
  });

  it('does not call too few cases a success', async () => {
    const outcome = { ...(await verify(rootMean, { runs: 20 })), passed: false, hypothesesMet: 3 };
    expect(formatOutcome(outcome)).toContain('not shown. 3 of 20');
  });
});

describe('formatOutcomes', () => {
  it('is a table with a row for each statement', async () => {
    const { theorems, passed, seed } = await verifyAll([rootMean, broken], { runs: 20, seed: 9 });
    expect({ passed, seed }).toEqual({ passed: false, seed: 9 });
    const [head, ...rows] = formatOutcomes(theorems).split('\n');
    expect(head).toMatch(/^statement +runs +hypotheses met +worst slack +measured\/bound +verdict$/);
    expect(rows[0]).toMatch(/^root-mean +20 +20 .* holds$/);
    expect(rows[1]).toMatch(/^root-mean +20 +1 +-1 +2 +VIOLATED$/);
  });
});
