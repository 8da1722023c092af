import { SvfError } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/lab/experiment.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { claimAtLeast, claimNotRun } from '../../src/lab/judgedClaim.ts';
import { memoryStore } from '../../src/lab/memoryStore.ts';
import { claimsWithMissing } from '../../src/lab/missingModels.ts';
import type { JsonObject } from '../../src/lab/result.ts';
import { runExperiments } from '../../src/lab/runExperiments.ts';

const lost = () => new SvfError('There are no weights.', { code: 'no-weights', remedy: 'Fetch them.' });
const statement = { figure: 'Fig. 1', paper: null } as const;

/** Two tasks for each model, and a claim about each model whose tasks are both there. */
function models(changes: Partial<Experiment> = {}): Experiment & { readonly ran: JsonObject[] } {
  const ran: JsonObject[] = [];
  return {
    ran,
    id: 'fig-1',
    title: '',
    summary: '',
    figures: ['Fig. 1'],
    version: 1,
    needsNetwork: false,
    runsLanguageModels: true,
    minutes: { quick: 1, paper: 1 },
    tasks: (_, __, names = []) => names.flatMap((model) => [1, 2].map((step) => ({ model, step }))),
    run: async (config) => {
      ran.push(config);
      return { values: config, tensors: {} };
    },
    claims: (outcomes) =>
      [...new Set(outcomes.map(({ config }) => `${config.model}`))].map((model) => {
        const measured = outcomes.filter(({ config }) => config.model === model).length;
        return claimAtLeast({
          ...statement,
          id: `fig-1/${model}`,
          claim: `${model}: all.`,
          measured,
          bound: 2,
        });
      }),
    draw: () => [],
    ...changes,
  };
}

async function run(experiment: Experiment, names: readonly string[]) {
  const [result] = await runExperiments({
    experiments: [experiment],
    profile: 'quick',
    seed: 0,
    models: names,
    store: memoryStore(),
    pool: inlineTaskPool([experiment]),
  });
  return result;
}

const reason = 'There are no weights. Fetch them.';
const notRun = { id: 'fig-1/b%2Fc/not-run', verdict: 'not run', measured: null, note: reason };

describe('a model of several that fails', () => {
  it('is told with the results of the others where its weights are not to be had, and not tried again', async () => {
    const asked: unknown[] = [];
    const inputs = async (config: JsonObject) => {
      asked.push(config);
      if (config.model === 'b/c') throw lost();
      return {};
    };
    const experiment = models({ inputs });
    expect(await run(experiment, ['a', 'b/c', 'd'])).toMatchObject({
      status: 'finished',
      outcomes: [
        { config: { model: 'a' } },
        { config: { model: 'a' } },
        { config: { model: 'd' } },
        { config: { model: 'd' } },
      ],
      claims: [{ id: 'fig-1/a', verdict: 'reproduced' }, { id: 'fig-1/d', verdict: 'reproduced' }, notRun],
      missing: [{ model: 'b/c', reason }],
    });
    expect(asked).toHaveLength(5);
    expect(experiment.ran).toHaveLength(4);
  });

  it('takes along its tasks that finished', async () => {
    const experiment = models({
      run: async (config) => {
        if (config.model === 'b/c' && config.step === 2) throw lost();
        return { values: config, tensors: {} };
      },
    });
    const found = await run(experiment, ['b/c', 'a']);
    expect(found).toMatchObject({
      status: 'finished',
      claims: [{ id: 'fig-1/a', verdict: 'reproduced' }, notRun],
      missing: [{ model: 'b/c', reason }],
    });
    expect(found?.status === 'finished' && found.keys).toHaveLength(2);
  });

  it('is all of the experiment where there is no other, and where the experiment is not about models', async () => {
    const broken = {
      run: async () => {
        throw lost();
      },
    };
    expect(await run(models(broken), ['a', 'b'])).toMatchObject({
      status: 'failed',
      failures: [0, 1, 2, 3].map((task) => ({ task, model: task < 2 ? 'a' : 'b' })),
    });
    const { runsLanguageModels: _, ...plain } = models({
      run: async (config) => {
        if (config.model === 'a') throw lost();
        return { values: config, tensors: {} };
      },
    });
    expect(await run(plain, ['a', 'b'])).toMatchObject({
      status: 'failed',
      failures: [0, 1].map((task) => ({ task, model: null, error: { code: 'no-weights' } })),
    });
  });
});

it('what the paper claims of a missing model says why it was not run', () => {
  const of = (model: string) =>
    claimNotRun({
      ...statement,
      id: model,
      claim: `${model}: it is so.`,
      tolerance: '≥ 1',
      note: 'Needs it.',
    });
  const measured = claimAtLeast({ ...statement, id: 'a', claim: 'a: it is so.', measured: 1, bound: 1 });
  const missing = ['gpt2', 'own'].map((model) => ({ model, reason: 'No network.' }));
  expect(claimsWithMissing(models(), [measured, of('gpt2'), of('gpt2-large')], missing)).toEqual([
    measured,
    { ...of('gpt2'), note: 'No network. Needs it.' },
    of('gpt2-large'),
    // Of one that the paper says nothing of, that it was to be run is all there is to say.
    expect.objectContaining({ id: 'fig-1/own/not-run', note: 'No network.' }),
  ]);
});
