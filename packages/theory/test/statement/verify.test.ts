import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockOutcome } from '../../src/statement/outcome.ts';
import { withConclusion, withoutHypothesis } from '../../src/statement/variants.ts';
import { verify } from '../../src/statement/verify.ts';
import { verifyBlock } from '../../src/statement/verifyBlock.ts';
import { rootMean } from './rootMean.ts';

const broken = withConclusion(rootMean, 'mean-inequality', ({ a, b }) => ({
  measured: Math.sqrt(a * b),
  bound: (a + b) / 2.5,
}));

describe('verify', () => {
  it('runs as many admissible cases as asked for, and reports the worst of them', async () => {
    const outcome = await verify(rootMean, { runs: 250, seed: 7 });
    expect(outcome).toMatchObject({ id: 'root-mean', runs: 250, hypothesesMet: 250, passed: true, seed: 7 });
    expect(outcome).toMatchObject({ path: null, counterexample: null });
    // a = −1 is set aside.
    expect(outcome.skipped).toBeGreaterThan(0);
    // a = b attains the bound.
    expect(outcome.worstRatio).toBeCloseTo(1, 12);
    expect(outcome.worstSlack).toBeCloseTo(0, 11);
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  it('finds the counterexample of a broken conclusion, and says how to reproduce it', async () => {
    const outcome = await verify(broken, { runs: 250, seed: 3 });
    expect(outcome.passed).toBe(false);
    expect(outcome.counterexample).toMatchObject({ conclusion: 'mean-inequality', case: { a: 1, b: 1 } });
    expect(outcome.worstSlack).toBeLessThan(0);
    const { seed, path } = outcome;
    if (path === null) throw new Error('A failure has a path.');
    const replayed = fc.check(broken.property(), { seed, path, endOnFailure: true });
    expect(replayed.counterexample).toEqual([{ a: 1, b: 1 }]);
    expect(replayed.numRuns).toBe(1);
  });

  it.each(['first-nonnegative', 'second-nonnegative'])('needs the hypothesis %s', async (name) => {
    const outcome = await verify(withoutHypothesis(rootMean, name), { runs: 20 });
    expect(outcome.counterexample).not.toBeNull();
  });

  it('does not pass where too few cases meet the hypotheses', async () => {
    const rare = {
      ...rootMean,
      property: () => rootMean.property({ arbitrary: fc.constant({ a: -1, b: 0 }) }),
    };
    const outcome = await verify(rare, { runs: 50 });
    expect(outcome).toMatchObject({
      passed: false,
      hypothesesMet: 0,
      counterexample: null,
      worstSlack: null,
    });
    expect(outcome.skipped).toBeGreaterThan(50);
  });

  it('counts a measurement that throws or is NaN as a violation', async () => {
    const throwing = withConclusion(rootMean, 'mean-inequality', () => {
      throw new Error('no number here');
    });
    expect((await verify(throwing, { runs: 5 })).counterexample).toMatchObject({
      error: 'no number here',
      measured: null,
    });
    const undefinedRatio = withConclusion(rootMean, 'mean-inequality', () => ({
      measured: Number.NaN,
      bound: 1,
    }));
    expect((await verify(undefinedRatio, { runs: 5 })).counterexample).toMatchObject({
      measured: null,
      bound: 1,
    });
  });

  it('resumes: what was interrupted and continued equals what ran through', async () => {
    const whole = await verify(rootMean, { runs: 230, seed: 11, blockSize: 50 });
    const kept: BlockOutcome[] = [];
    const controller = new AbortController();
    const interrupted = verify(rootMean, {
      runs: 230,
      seed: 11,
      blockSize: 50,
      signal: controller.signal,
      onBlock: (block) => {
        kept.push(JSON.parse(JSON.stringify(block)));
        if (kept.length === 2) controller.abort(new Error('stop'));
      },
    });
    await expect(interrupted).rejects.toThrow('stop');
    const ran: number[] = [];
    const resumed = await verify(rootMean, {
      runs: 230,
      seed: 11,
      blockSize: 50,
      completed: kept,
      onBlock: ({ block }) => ran.push(block),
    });
    expect(resumed).toEqual(whole);
    expect(ran).toEqual([2, 3, 4]);
  });

  it('does not take a block of another seed or size for its own', async () => {
    const other = verifyBlock(rootMean, { seed: 1, block: 0, blockSize: 50, runs: 50 });
    const ran: number[] = [];
    const onBlock = ({ block }: BlockOutcome) => ran.push(block);
    await verify(rootMean, { runs: 50, seed: 2, blockSize: 50, completed: [other], onBlock });
    await verify(rootMean, { runs: 50, seed: 1, blockSize: 25, completed: [other], onBlock });
    expect(ran).toEqual([0, 0, 1]);
  });

  it('reports progress in cases', async () => {
    const done: number[] = [];
    await verify(rootMean, { runs: 120, blockSize: 50, onProgress: (progress) => done.push(progress.done) });
    expect(done).toEqual([50, 100, 120]);
  });

  it.each([
    ['runs', { runs: 0 }],
    ['runs', { runs: 1.5 }],
    ['blockSize', { blockSize: -1 }],
    ['seed', { seed: 0.5 }],
  ])('refuses a bad %s', async (name, options) => {
    await expect(verify(rootMean, options)).rejects.toMatchObject({ code: 'invalid-option', path: [name] });
  });
});
