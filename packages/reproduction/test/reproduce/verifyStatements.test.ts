import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statements } from '@svf-alignment/theory';
import { expect, it } from 'vitest';
import { blockSizeOf } from '../../src/experiments/theory/blockTask.ts';
import { statementSuite, suiteExperiment } from '../../src/experiments/theory/statementSuite.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { verifyStatements } from '../../src/reproduce/verifyStatements.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

const pool = inlineTaskPool([statementSuite]);
const size = blockSizeOf('lemma1');

it('runs the statements asked for, in their own order, and keeps nothing without a folder', async () => {
  const suite = await verifyStatements({ ids: ['theorem2', 'lemma1', 'theorem2'], runs: 5, seed: 4, pool });
  expect(suite).toMatchObject({
    seed: 4,
    passed: true,
    theorems: [
      { id: 'lemma1', runs: 5, hypothesesMet: 5 },
      { id: 'theorem2', runs: 5, hypothesesMet: 5 },
    ],
  });
});

it('all of them with their own numbers of runs, where none is named', () => {
  const tasks = suiteExperiment({ ids: [], seed: 1 }).tasks('quick', 0);
  for (const { id, defaultRuns } of statements) {
    const runs = tasks.filter(({ statement }) => statement === id).map((task) => task.runs);
    expect(runs.reduce((sum, count) => sum + count, 0)).toBe(defaultRuns);
  }
});

it('lets all statements advance together', () => {
  const tasks = suiteExperiment({ ids: ['lemma1', 'theorem1-sampled'], runs: 1000, seed: 1 }).tasks(
    'quick',
    0,
  );
  const half = tasks.slice(0, tasks.length / 2);
  for (const id of ['lemma1', 'theorem1-sampled']) {
    const runs = half.filter(({ statement }) => statement === id).reduce((sum, task) => sum + task.runs, 0);
    expect(Math.abs(runs - 500)).toBeLessThanOrEqual(blockSizeOf(id));
  }
});

it('expects ten times the cases to take ten times as long', () => {
  const minutes = (runs: number) => suiteExperiment({ ids: [], runs, seed: 1 }).minutes.quick;
  expect(minutes(20_000) / minutes(2_000)).toBeCloseTo(10);
  expect(suiteExperiment({ ids: [], seed: 1 }).minutes.quick).toBeGreaterThan(0);
});

it('goes on after an abort, with the same outcome as a run that was not stopped', async () => {
  const [stopped, whole] = [temporaryFolder(), temporaryFolder()];
  const options = { ids: ['lemma1'], runs: 3 * size + 7, seed: 6, pool };
  const controller = new AbortController();
  const run = verifyStatements({
    ...options,
    folder: stopped,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.kind === 'task-started' && event.task === 2) controller.abort(new Error('stop'));
    },
  });
  await expect(run).rejects.toThrow('stop');
  expect(readdirSync(stopped)).toEqual(['store']);
  const reused: number[] = [];
  const resumed = await verifyStatements({
    ...options,
    folder: stopped,
    onEvent: (event) => {
      if (event.kind === 'task-reused') reused.push(event.task);
    },
  });
  expect(reused).toEqual([0, 1]);
  expect(resumed).toEqual(await verifyStatements({ ...options, folder: whole }));
  const read = (folder: string) => readFileSync(join(folder, 'theorems.json'), 'utf8');
  expect(read(stopped)).toBe(read(whole));
  expect(JSON.parse(read(whole))).toEqual(resumed);
});

it('refuses a statement that does not exist before any work', async () => {
  await expect(verifyStatements({ ids: ['lemma1', 'lemma9'], seed: 0, pool })).rejects.toMatchObject({
    code: 'unknown-statement',
  });
});
