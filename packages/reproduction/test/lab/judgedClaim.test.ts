import { describe, expect, it } from 'vitest';
import { claimsSummary } from '../../src/lab/claimsSummary.ts';
import {
  claimAtLeast,
  claimAtMost,
  claimBetween,
  claimEqual,
  claimInOrder,
  claimNotRun,
  claimWithin,
} from '../../src/lab/judgedClaim.ts';

const statement = { id: 'fig-00/x', figure: 'Fig. 0', claim: 'x is so.' };
const yes = { verdict: 'reproduced' };
const no = { verdict: 'not reproduced' };

describe('judged claims', () => {
  it('claimAtLeast and claimAtMost include their bound', () => {
    const at = (measured: number) => ({ ...statement, paper: 1, measured, bound: 0.999 });
    expect(claimAtLeast(at(0.999))).toEqual({
      ...statement,
      paper: 1,
      measured: 0.999,
      tolerance: '≥ 0.999',
      verdict: 'reproduced',
    });
    expect(claimAtLeast(at(0.998_999))).toMatchObject(no);
    expect(claimAtMost(at(0.999))).toMatchObject({ ...yes, tolerance: '≤ 0.999' });
    expect(claimAtMost(at(0.999_001))).toMatchObject(no);
  });

  it('claimBetween includes both ends', () => {
    const at = (measured: number) =>
      claimBetween({ ...statement, paper: null, measured, lower: -1, upper: 2 });
    expect([-1, 0, 2].map((x) => at(x).verdict)).toEqual(Array(3).fill('reproduced'));
    expect([-1.01, 2.01].map((x) => at(x).verdict)).toEqual(Array(2).fill('not reproduced'));
    expect(at(0).tolerance).toBe('-1 to 2');
  });

  it('claimWithin takes an absolute or a relative tolerance around the value of the paper', () => {
    const near = (measured: number) => claimWithin({ ...statement, paper: -24, measured, relative: 0.015 });
    expect(near(-24.3)).toMatchObject({ ...yes, tolerance: '± 1.5%' });
    expect(near(-23.6)).toMatchObject(no);
    expect(near(24)).toMatchObject(no);
    expect(claimWithin({ ...statement, paper: 24, measured: 24.25, absolute: 0.25 })).toMatchObject({
      ...yes,
      tolerance: '± 0.25',
    });
    expect(claimWithin({ ...statement, paper: 24, measured: 24.5, absolute: 0.25 })).toMatchObject(no);
  });

  it('claimEqual compares counts and words', () => {
    expect(claimEqual({ ...statement, paper: 10, measured: 10, expected: 10 })).toMatchObject(yes);
    expect(claimEqual({ ...statement, paper: 10, measured: 9, expected: 10 })).toMatchObject(no);
    expect(claimEqual({ ...statement, paper: null, measured: 'a', expected: 'b' })).toMatchObject({
      ...no,
      tolerance: '= b',
    });
  });

  it('claimInOrder wants each moment strictly after the one before and tells the order found', () => {
    const order = (...moments: [string, number][]) => claimInOrder({ ...statement, paper: null, moments });
    expect(order(['w', 3], ['u', 7], ['loss', 9])).toMatchObject({ ...yes, tolerance: 'w < u < loss' });
    expect(order(['w', 9], ['u', 7])).toMatchObject({ ...no, measured: 'u (7), w (9)' });
    expect(order(['w', 7], ['u', 7])).toMatchObject(no);
  });

  it('claimNotRun has nothing measured and never counts as passed', () => {
    const claim = claimNotRun({ ...statement, paper: 1, tolerance: '≥ 1', note: 'No network.' });
    expect(claim).toMatchObject({ measured: null, verdict: 'not run', note: 'No network.' });
  });

  it('carries a note along, and none where none was given', () => {
    const given = { ...statement, paper: 1, measured: 1, bound: 1 };
    expect(claimAtLeast({ ...given, note: 'Of ten seeds.' }).note).toBe('Of ten seeds.');
    expect('note' in claimAtLeast(given)).toBe(false);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses to judge %s', (bad) => {
    const refused = expect.objectContaining({
      code: 'non-finite-number',
      path: ['claims', 'fig-00/x', expect.any(String)],
    });
    expect(() => claimAtLeast({ ...statement, paper: 1, measured: bad, bound: 1 })).toThrow(refused);
    expect(() => claimAtMost({ ...statement, paper: 1, measured: 1, bound: bad })).toThrow(refused);
    expect(() => claimBetween({ ...statement, paper: 1, measured: bad, lower: 0, upper: 1 })).toThrow(
      refused,
    );
    expect(() => claimWithin({ ...statement, paper: 1, measured: bad, absolute: 1 })).toThrow(refused);
    expect(() => claimEqual({ ...statement, paper: 1, measured: bad, expected: bad })).toThrow(refused);
    expect(() => claimInOrder({ ...statement, paper: 1, moments: [['a', bad]] })).toThrow(refused);
  });
});

describe('claimsSummary', () => {
  it('counts verdicts', () => {
    const at = (measured: number) => claimAtLeast({ ...statement, paper: 1, measured, bound: 1 });
    const missing = claimNotRun({ ...statement, paper: 1, tolerance: '', note: '' });
    expect(claimsSummary([at(1), at(2), at(0), missing])).toEqual({
      total: 4,
      reproduced: 2,
      notReproduced: 1,
      notRun: 1,
    });
  });
});
