import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sweepExperiment, toySweep } from '../../src/experiments/toySweep.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { sweepInFolder } from '../../src/reproduce/sweepInFolder.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

const base = { batchKeys: 32, steps: 5 };
const pool = inlineTaskPool([toySweep]);

it('gives a row for every setting and seed, and trains only what the folder does not have', async () => {
  const folder = temporaryFolder();
  const first = await sweepInFolder(sweepExperiment(base, { keys: [2] }, 2), { folder, pool });
  const reused: number[] = [];
  const rows = await sweepInFolder(sweepExperiment(base, { keys: [2, 4] }, 2), {
    folder,
    pool,
    onEvent: (event) => {
      if (event.kind === 'task-reused') reused.push(event.task);
    },
  });
  expect(rows.map(({ setting, seed }) => [setting.keys, seed])).toEqual([
    [2, 0],
    [2, 1],
    [4, 0],
    [4, 1],
  ]);
  expect(reused).toEqual([0, 1]);
  expect(rows.slice(0, 2)).toEqual(first);
  expect(JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8'))).toEqual({ rows });
});

it('throws what a training threw, and keeps the others', async () => {
  const folder = temporaryFolder();
  const sweep = (rates: readonly number[]) =>
    sweepInFolder(sweepExperiment({ ...base, steps: 50 }, { learningRate: rates }, 1), { folder, pool });
  await expect(sweep([1e30, 1e-3])).rejects.toMatchObject({ name: 'SvfError', code: 'diverged' });
  expect(await sweep([1e-3])).toHaveLength(1);
});
