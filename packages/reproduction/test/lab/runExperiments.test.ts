import { SvfError } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/lab/experiment.ts';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import { memoryStore } from '../../src/lab/memoryStore.ts';
import type { JsonObject } from '../../src/lab/result.ts';
import type { RunEvent } from '../../src/lab/runEvent.ts';
import { type RunOptions, runExperiments } from '../../src/lab/runExperiments.ts';
import type { Store } from '../../src/lab/store.ts';
import { taskKey } from '../../src/lab/taskKey.ts';
import { threadTaskPool } from '../../src/lab/threadTaskPool.ts';
import { trouble, walk } from './fixtures/experiments.mjs';

const entry = new URL('./fixtures/worker.mjs', import.meta.url);
const pace = { keepEvery: 0, reportEvery: 0 };

/** `walk` with these configs laid over its usual one. */
const walks = (...configs: JsonObject[]): Experiment => ({
  ...walk,
  tasks: () => configs.map((config) => ({ seed: 1, steps: 5, pause: 0, log: '', ...config })),
});

async function run(experiments: readonly Experiment[], options: Partial<RunOptions> = {}) {
  const events: RunEvent[] = [];
  const pool = options.pool ?? inlineTaskPool(experiments, pace);
  const onEvent = (event: RunEvent) => events.push(event);
  const runs = await runExperiments({
    experiments,
    profile: 'quick',
    seed: 7,
    store: memoryStore(),
    now: () => 0,
    ...options,
    pool,
    onEvent: (event) => {
      onEvent(event);
      options.onEvent?.(event);
    },
  });
  return { runs, kinds: events.map(({ kind }) => kind), events };
}

describe('runExperiments', () => {
  it('gives outcomes in the order of the tasks, claims and figures', async () => {
    const { runs, events } = await run([walk]);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      status: 'finished',
      outcomes: [7, 8, 9].map((seed) => ({ config: { seed }, result: { values: { seed } } })),
      claims: [7, 8, 9].map((seed) => ({ id: `walk/${seed}` })),
      figures: [],
    });
    for (const task of [0, 1, 2]) {
      const own = events.filter((event) => 'task' in event && event.task === task).map(({ kind }) => kind);
      expect(own).toEqual(['task-started', ...Array(20).fill('task-progress'), 'task-finished']);
    }
    expect(events.at(-1)).toMatchObject({ kind: 'experiment-finished', run: runs[0] });
  });

  it('does not depend on the number of workers, nor on where they run', async () => {
    const many = walks(...Array.from({ length: 9 }, (_, n) => ({ seed: n, steps: 5 + ((7 * n) % 9) })));
    const { runs: inline } = await run([many, trouble]);
    for (const workers of [1, 3]) {
      const pool = threadTaskPool({ entry, execArgv: [], workers, pace });
      const { runs } = await run([many, trouble], { pool });
      await pool.close();
      expect(runs[0]).toStrictEqual(inline[0]);
      expect(runs[1]?.status).toBe('failed');
    }
  });

  it('computes nothing that the store has, and ends equal', async () => {
    const store = memoryStore();
    const first = await run([walk], { store });
    const second = await run([walk], { store, pool: inlineTaskPool([], pace) });
    expect(second.kinds).toEqual(['task-reused', 'task-reused', 'task-reused', 'experiment-finished']);
    expect(second.events.at(-1)?.overall).toEqual({ fraction: 1, secondsRemaining: 0 });
    expect(second.runs).toStrictEqual(first.runs);
  });

  it('computes again for another seed, config, version or input', async () => {
    const store = memoryStore();
    const one = walks({ steps: 3 });
    await run([one], { store });
    const computed = async (experiment: Experiment, options: Partial<RunOptions> = {}) =>
      (await run([experiment], { ...options, store })).kinds.includes('task-finished');
    expect(await computed(one, { seed: 8, profile: 'paper' })).toBe(false); // this config holds neither
    expect(await computed(walk)).toBe(true);
    expect(await computed(walk, { seed: 20 })).toBe(true);
    expect(await computed(walks({ steps: 4 }))).toBe(true);
    expect(await computed({ ...one, version: 2 })).toBe(true);
    expect(await computed({ ...one, inputs: async () => ({ weights: 'f'.repeat(64) }) })).toBe(true);
  });

  it('passes a config on only as its key knows it', async () => {
    const seen: unknown[] = [];
    const experiment: Experiment = {
      ...walk,
      tasks: () => [{ zero: -0, b: 1, a: 2 }],
      run: async (config) => {
        seen.push(config, Object.keys(config));
        return { values: {}, tensors: {} };
      },
      claims: () => [],
    };
    await run([experiment]);
    expect(seen).toStrictEqual([{ a: 2, b: 1, zero: 0 }, ['a', 'b', 'zero']]);
  });

  it('tells a failed task as data and finishes everything else', async () => {
    const { runs, kinds } = await run([trouble, walk]);
    expect(runs[0]).toMatchObject({
      status: 'failed',
      experiment: { id: 'trouble' },
      failures: [{ task: 0, error: { code: 'bench-full', path: ['bench', 2], remedy: 'Stand.' } }],
    });
    expect(runs[1]?.status).toBe('finished');
    expect(kinds.filter((kind) => kind === 'task-failed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'task-finished')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'experiment-finished')).toHaveLength(2);
  });

  const doubled = {
    id: 'c',
    figure: '',
    claim: '',
    paper: 1,
    measured: 1,
    tolerance: '',
    verdict: 'reproduced',
  };
  it.each<[string, Partial<Experiment>, object]>([
    [
      'claims() throws',
      {
        claims: () => {
          throw new RangeError('c');
        },
      },
      { name: 'RangeError' },
    ],
    [
      'draw() throws',
      {
        draw: () => {
          throw new RangeError('d');
        },
      },
      { message: 'd' },
    ],
    [
      'tasks() throws',
      {
        tasks: () => {
          throw new RangeError('t');
        },
      },
      { message: 't' },
    ],
    ['a config is not JSON', { tasks: () => [{ x: Number.NaN }] }, { path: ['tasks', 0, 'x'] }],
    ['two claims share an id', { claims: () => [doubled, doubled] as never }, { code: 'duplicate-id' }],
    [
      'a claim holds a NaN',
      { claims: () => [{ ...doubled, measured: Number.NaN }] as never },
      { path: ['claims', 'c', 'measured'] },
    ],
    [
      'a verdict has no measurement',
      { claims: () => [{ ...doubled, measured: null }] as never },
      { code: 'claim-without-measurement' },
    ],
    [
      'a figure holds a NaN',
      { draw: () => [{ id: 'f', title: '', caption: '', specification: { data: [Number.NaN] } }] },
      { path: ['figures', 'f', 'data', 0] },
    ],
  ])('tells as data that %s', async (_what, faults, error) => {
    const { runs } = await run([
      { ...walk, ...faults },
      { ...walk, id: 'walk-2' },
    ]);
    expect(runs[0]).toMatchObject({ status: 'failed', failures: [{ task: null, error }] });
    expect(runs[1]?.status).toBe('finished');
  });

  it('computes a config that two tasks share only once', async () => {
    const experiment = { ...walks({ seed: 1 }, { seed: 2 }, { seed: 1 }), claims: () => [] };
    const { runs, kinds } = await run([experiment]);
    expect(kinds.filter((kind) => kind === 'task-finished')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'task-reused')).toHaveLength(1);
    expect(runs[0]).toMatchObject({ outcomes: [1, 2, 1].map((seed) => ({ result: { values: { seed } } })) });
  });

  it('starts the longest tasks first, over all experiments', async () => {
    const named = (id: string, minutes: number): Experiment => ({
      ...walks({ steps: 1 }),
      id,
      minutes: { quick: minutes, paper: minutes },
    });
    const { events } = await run([named('short', 1), named('long', 9), named('middle', 3)]);
    const started = events.flatMap((event) => (event.kind === 'task-started' ? [event.experiment] : []));
    expect(started).toEqual(['long', 'middle', 'short']);
  });

  it('tells how far it is, up to the end', async () => {
    const { events } = await run([walk, { ...walk, id: 'walk-2' }]);
    const fractions = events.map(({ overall }) => overall.fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('goes on from a checkpoint, and removes it in the end', async () => {
    const store = memoryStore();
    const experiment = walks({ steps: 8 });
    const controller = new AbortController();
    let steps = 0;
    const stopped = run([experiment], {
      store,
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind === 'task-progress') steps += 1;
        if (steps === 4) controller.abort(new Error('enough'));
      },
    });
    await expect(stopped).rejects.toThrow('enough');
    const { config, key } = only(experiment);
    expect((await store.readCheckpoint(key))?.values.step).toBe(4);
    const { runs, events } = await run([experiment], { store });
    expect(events[0]).toMatchObject({ kind: 'task-started', resumed: true });
    expect(events.filter(({ kind }) => kind === 'task-progress')).toHaveLength(4);
    expect(runs).toStrictEqual((await run([experiment])).runs);
    expect(runs[0]).toMatchObject({ outcomes: [{ config }], keys: [key] });
    expect(await store.readCheckpoint(key)).toBeUndefined();
  });

  it('keeps what was finished before an abort, and only that is not computed again', async () => {
    const pool = threadTaskPool({ entry, execArgv: [], workers: 2, pace });
    const store = memoryStore();
    const experiment = walks(...[0, 1, 2, 3].map((seed) => ({ seed, steps: 6, pause: 5 })));
    const controller = new AbortController();
    const stopped = run([experiment], {
      pool,
      store,
      signal: controller.signal,
      onEvent: ({ kind }) => {
        if (kind === 'task-finished') controller.abort('enough');
      },
    });
    await expect(stopped).rejects.toBe('enough');
    const { runs, kinds } = await run([experiment], { pool, store });
    expect(kinds.filter((kind) => kind === 'task-reused').length).toBeGreaterThanOrEqual(1);
    expect(kinds.filter((kind) => kind === 'task-finished').length).toBeGreaterThanOrEqual(2);
    expect(runs).toStrictEqual((await run([experiment], { pool })).runs);
    await pool.close();
  });

  it('does nothing after an abort', async () => {
    await expect(run([walk], { signal: AbortSignal.abort('late') })).rejects.toBe('late');
  });

  it('fails a task whose result cannot be stored, but only warns of a checkpoint', async () => {
    const full = () => Promise.reject(new SvfError('Full.', { code: 'store-write', remedy: 'Free space.' }));
    const whole = await run([walk]);
    const noCheckpoints: Store = { ...memoryStore(), writeCheckpoint: full };
    const warned = await run([walk], { store: noCheckpoints });
    expect(warned.runs).toStrictEqual(whole.runs);
    expect(warned.kinds).toContain('warning');
    const noResults: Store = { ...memoryStore(), write: full };
    const { runs } = await run([walk], { store: noResults });
    expect(runs[0]).toMatchObject({
      status: 'failed',
      failures: [0, 1, 2].map((task) => ({ task, error: { code: 'store-write', remedy: 'Free space.' } })),
    });
  });

  it('refuses two experiments of one id', async () => {
    await expect(run([walk, trouble, walk])).rejects.toMatchObject({
      code: 'duplicate-id',
      path: ['experiments', 2, 'id'],
    });
  });
});

function only(experiment: Experiment): { config: JsonObject; key: string } {
  const [config = {}] = experiment.tasks('quick', 7);
  return { config, key: taskKey({ experiment: experiment.id, version: experiment.version, config }) };
}
