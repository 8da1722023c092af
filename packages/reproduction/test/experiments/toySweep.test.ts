import { expect, it } from 'vitest';
import { sweepExperiment, sweepRows } from '../../src/experiments/toySweep.ts';
import type { Outcome, TaskContext } from '../../src/lab/experiment.ts';

const small = { steps: 20, batchKeys: 32, features: 10, dimension: 8, headDimension: 4 };
const context: TaskContext = {
  signal: new AbortController().signal,
  onProgress: () => {},
  checkpoint: undefined,
  keep: async () => {},
};

it('plans every combination of values with every seed', () => {
  const tasks = sweepExperiment({ ...small, seed: 3 }, { keys: [2, 4], attentionWeight: [1, 10] }, 2).tasks(
    'quick',
    0,
  );
  expect(tasks.map(({ setting, toy }) => [setting.keys, setting.attentionWeight, toy.seed])).toEqual([
    [2, 1, 3],
    [2, 1, 4],
    [2, 10, 3],
    [2, 10, 4],
    [4, 1, 3],
    [4, 1, 4],
    [4, 10, 3],
    [4, 10, 4],
  ]);
  for (const { setting, toy } of tasks) expect(toy).toMatchObject(setting);
});

it('tells one row for each training', async () => {
  const sweep = sweepExperiment(small, { featureProbability: [0.3, 0.6] }, 1);
  const outcomes: Outcome<ReturnType<typeof sweep.tasks>[number]>[] = [];
  for (const config of sweep.tasks('quick', 0))
    outcomes.push({ config, result: await sweep.run(config, context) });
  const rows = sweepRows(outcomes);
  expect(rows.map(({ setting }) => setting)).toEqual([
    { featureProbability: 0.3 },
    { featureProbability: 0.6 },
  ]);
  expect(rows[0].singularValues).toHaveLength(4);
  expect(rows[0].alignmentMean).toBeGreaterThan(0);
  expect(rows[0].losses.total).not.toBe(rows[1].losses.total);
});

it('refuses a key that does not exist, a key without values and a bad combination', () => {
  expect(() => sweepExperiment({}, { lambda: [1] }, 1)).toThrow(
    expect.objectContaining({ code: 'bad-setting' }),
  );
  expect(() => sweepExperiment({}, { keys: [] }, 1)).toThrow(
    expect.objectContaining({ code: 'bad-setting' }),
  );
  expect(() => sweepExperiment({}, { headDimension: [4, 99] }, 1)).toThrow(
    expect.objectContaining({ code: 'bad-config', path: ['headDimension'] }),
  );
});
