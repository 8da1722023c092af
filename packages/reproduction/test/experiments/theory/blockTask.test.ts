import { findStatement, statements, verify } from '@svf-alignment/theory';
import { describe, expect, it } from 'vitest';
import {
  type BlockTask,
  blockSizeOf,
  blockTasks,
  mergedOutcomes,
  runBlock,
} from '../../../src/experiments/theory/blockTask.ts';
import type { Outcome } from '../../../src/lab/experiment.ts';

const done = (config: BlockTask): Outcome<BlockTask> => ({ config, result: runBlock(config) });

describe('blockTasks', () => {
  it.each(statements.map(({ id }) => id))('%s: blocks that add up to the run, each as plain data', (id) => {
    for (const runs of [1, blockSizeOf(id), 3 * blockSizeOf(id) + 1]) {
      const tasks = blockTasks(id, runs, 5);
      expect(tasks.reduce((sum, task) => sum + task.runs, 0)).toBe(runs);
      expect(tasks.map(({ block }) => block)).toEqual(tasks.map((_, index) => index));
      expect(tasks.every((task) => task.runs >= 1 && task.runs <= task.blockSize && task.seed === 5)).toBe(
        true,
      );
      expect(JSON.parse(JSON.stringify(tasks))).toEqual(tasks);
    }
  });

  it('begins a longer run with the blocks of a shorter one', () => {
    const size = blockSizeOf('lemma1');
    expect(blockTasks('lemma1', 5 * size, 1).slice(0, 3)).toEqual(blockTasks('lemma1', 3 * size, 1));
  });

  it('refuses a statement that does not exist', () => {
    expect(() => blockTasks('lemma9', 10, 1)).toThrow(expect.objectContaining({ code: 'unknown-statement' }));
  });
});

describe('mergedOutcomes', () => {
  it('comes to what `verify` comes to, in whatever order the blocks are', async () => {
    for (const id of ['lemma2', 'theorem2-sharp']) {
      const blockSize = blockSizeOf(id);
      const runs = 2 * blockSize + 3;
      const tasks = blockTasks(id, runs, 9);
      const [outcome] = mergedOutcomes([...tasks].reverse().map(done));
      expect(outcome).toEqual(await verify(findStatement(id), { runs, seed: 9, blockSize }));
      expect(outcome).toMatchObject({ id, passed: true, runs, hypothesesMet: runs });
    }
  });

  it('ends with the first block that holds a counterexample', () => {
    const blocks = blockTasks('lemma1', 4 * blockSizeOf('lemma1'), 2).map(done);
    const counterexample = { conclusion: 'shift-invariance', measured: 2, bound: 1, error: null, case: [1] };
    const broken = blocks.map(({ config, result }, index) => ({
      config,
      result: index === 1 || index === 3 ? violated(result, counterexample) : result,
    }));
    const [outcome] = mergedOutcomes(broken);
    expect(outcome).toMatchObject({ passed: false, path: '1:0', counterexample });
    expect(outcome?.hypothesesMet).toBe(2 * blockSizeOf('lemma1'));
    expect(outcome?.seed).toBe(blocks[1]?.result.values.blockSeed);
  });

  it('does not pass a run of which a block is missing', () => {
    const runs = 2 * blockSizeOf('lemma1');
    const [first] = blockTasks('lemma1', runs, 2);
    const outcomes = [done(first), { config: { ...first, block: 1 }, result: { ...nothing } }];
    expect(mergedOutcomes(outcomes)[0]).toMatchObject({ runs, passed: false, counterexample: null });
  });
});

const nothing = {
  values: { ...runBlock({ ...blockTasks('lemma1', 1, 2)[0], block: 1 }).values, hypothesesMet: 0, block: 1 },
  tensors: {},
};

function violated(
  result: Outcome<BlockTask>['result'],
  counterexample: object,
): Outcome<BlockTask>['result'] {
  return { values: { ...result.values, path: '1:0', counterexample: { ...counterexample } }, tensors: {} };
}
