import { statements } from '@svf-alignment/theory';
import { describe, expect, it } from 'vitest';
import { runBlock } from '../../../src/experiments/theory/blockTask.ts';
import { thm1 } from '../../../src/experiments/theory/thm-1.ts';
import { thm2 } from '../../../src/experiments/theory/thm-2.ts';
import { thm3 } from '../../../src/experiments/theory/thm-3.ts';
import { typesetMath } from '../../../src/figures/typesetMath.ts';
import type { Experiment, TaskContext } from '../../../src/lab/experiment.ts';
import type { JsonObject } from '../../../src/lab/result.ts';

const theorems: readonly Experiment[] = [thm1, thm2, thm3];
const context: TaskContext = {
  signal: new AbortController().signal,
  onProgress: () => {},
  checkpoint: undefined,
  keep: async () => {},
};

/** The tasks of a run that is as small as it gets: one case for each statement. */
function small(experiment: Experiment): JsonObject[] {
  const first = experiment.tasks('quick', 3).filter((task) => !('block' in task) || task.block === 0);
  return first.map((task) =>
    'block' in task ? { ...task, runs: 1 } : { ...task, samples: 5, epsilons: [0.05, 0.1, 0.5] },
  );
}

async function outcomes(experiment: Experiment) {
  return Promise.all(
    small(experiment).map(async (config) => ({ config, result: await experiment.run(config, context) })),
  );
}

it('the three together have every statement once', () => {
  const claimed = theorems.flatMap((experiment) =>
    experiment
      .tasks('quick', 0)
      .flatMap((task) => ('block' in task && task.block === 0 ? [task.statement] : [])),
  );
  expect([...claimed].sort()).toEqual(statements.map(({ id }) => id).sort());
  expect(theorems.flatMap(({ formulations = [] }) => formulations)).toHaveLength(statements.length);
});

describe.each(theorems)('$id', (experiment) => {
  it('plans plain data with the seed in each task, ten times as many cases for the paper', () => {
    const cases = (profile: 'quick' | 'paper') =>
      experiment.tasks(profile, 4).reduce((sum, { runs }) => sum + (typeof runs === 'number' ? runs : 0), 0);
    const tasks = experiment.tasks('quick', 4);
    expect(JSON.parse(JSON.stringify(tasks))).toEqual(tasks);
    expect(tasks.every(({ seed }) => seed === 4)).toBe(true);
    expect(cases('paper')).toBe(10 * cases('quick'));
  });

  it('has formulas that can be typeset', async () => {
    for (const { latex } of experiment.formulations ?? []) {
      expect(await typesetMath(latex)).toContain('<math');
    }
  });

  it('claims that each statement holds', async () => {
    for (const claim of experiment.claims(await outcomes(experiment))) {
      expect(claim).toMatchObject({ verdict: 'reproduced', id: expect.stringMatching(`^${experiment.id}/`) });
      expect(claim.note ?? '').not.toMatch(/NaN|undefined|null/);
    }
  });
});

it('a violated statement is not reproduced, and the note leads to the counterexample', () => {
  const [config] = thm3.tasks('quick', 3);
  const { values } = runBlock({ ...config, runs: 1 });
  const counterexample = { conclusion: 'finite-rho', measured: 2, bound: 1, error: null, case: {} };
  const result = { values: { ...values, path: '0:1', counterexample }, tensors: {} };
  const [claim] = thm3.claims([{ config: { ...config, runs: 1 }, result }]);
  expect(claim).toMatchObject({ verdict: 'not reproduced', measured: 'violated' });
  expect(claim?.note).toMatch(/finite-rho: measured 2 against the bound 1; seed -?\d+, path 0:1/);
});

it('a statement of which too few cases met the hypotheses is not reproduced', () => {
  const [config] = thm3.tasks('quick', 3);
  const { values } = runBlock({ ...config, runs: 1 });
  const [claim] = thm3.claims([{ config, result: { values: { ...values, hypothesesMet: 1 }, tensors: {} } }]);
  expect(config?.runs).toBeGreaterThan(1);
  expect(claim).toMatchObject({ verdict: 'not reproduced', measured: 'too few cases' });
});
