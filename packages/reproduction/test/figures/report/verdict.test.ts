import { expect, it } from 'vitest';
import { tallyText } from '../../../src/figures/report/verdict.ts';
import type { Verdict } from '../../../src/lab/claim.ts';

const claims = (...verdicts: Verdict[]) =>
  verdicts.map((verdict, i) => ({
    id: `claim-${i}`,
    figure: '',
    claim: '',
    paper: null,
    measured: verdict === 'not run' ? null : 1,
    tolerance: '',
    verdict,
  }));

it.each([
  [['reproduced', 'reproduced', 'not reproduced'], '2 of 3'],
  [['reproduced', 'not run', 'not reproduced', 'not run'], '1 of 2, 2 not run'],
  [['not run'], '1 not run'],
  [[], ''],
] satisfies [Verdict[], string][])('what was not run counts neither way: %j', (verdicts, text) => {
  expect(tallyText(claims(...verdicts))).toBe(text);
});

it('may name what it counts', () => {
  expect(tallyText(claims('reproduced', 'not run'), ' claims reproduced')).toBe(
    '1 of 1 claims reproduced, 1 not run',
  );
});
