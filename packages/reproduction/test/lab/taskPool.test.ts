import { SvfError } from '@svf-alignment/core';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineTaskPool } from '../../src/lab/inlineTaskPool.ts';
import type { JsonObject, Result } from '../../src/lab/result.ts';
import type { TaskHooks, TaskPool } from '../../src/lab/taskPool.ts';
import { threadTaskPool } from '../../src/lab/threadTaskPool.ts';
import { experiments } from './fixtures/experiments.mjs';

const entry = new URL('./fixtures/worker.mjs', import.meta.url);
// Not those of vitest, which point the threads to TypeScript sources.
const execArgv: string[] = [];
const pace = { keepEvery: 0, reportEvery: 0 };

function hooks(changes: Partial<TaskHooks> = {}): TaskHooks {
  return {
    signal: new AbortController().signal,
    begin: async () => undefined,
    onProgress: () => {},
    onCheckpoint: async () => {},
    ...changes,
  };
}

const walk = (changes: JsonObject = {}) => ({
  experiment: 'walk',
  config: { seed: 1, steps: 6, pause: 0, log: '', ...changes },
});
const trouble = (how: string) => ({ experiment: 'trouble', config: { how } });

const pools: readonly (readonly [string, TaskPool])[] = [
  ['threadTaskPool', threadTaskPool({ entry, execArgv, workers: 2, pace, patience: 20_000 })],
  ['inlineTaskPool', inlineTaskPool(experiments, pace)],
];

afterAll(() => Promise.all(pools.map(([, pool]) => pool.close())));

it('threadTaskPool tells its tasks where they may keep what others can use', async () => {
  const pool = threadTaskPool({ entry, execArgv, workers: 1, pace, cacheFolder: 'some/folder' });
  expect((await pool.run(trouble('cache'), hooks())).values).toEqual({ folder: 'some/folder' });
  await pool.close();
});

describe.each(pools)('%s', (_name, pool) => {
  it('runs a task and gives back its result', async () => {
    const { values, tensors } = await pool.run(walk(), hooks());
    expect(values.seed).toBe(1);
    expect(tensors.path?.data).toBeInstanceOf(Float64Array);
    expect(tensors.path?.shape).toEqual([6]);
    expect(tensors.path?.data[0]).toBe(Math.sqrt(1664525 + 1013904223));
  });

  it('reports progress in order', async () => {
    const fractions: number[] = [];
    await pool.run(walk(), hooks({ onProgress: (fraction) => fractions.push(fraction) }));
    expect(fractions).toEqual([1, 2, 3, 4, 5, 6].map((step) => step / 6));
  });

  it('goes on from every checkpoint to the same end', async () => {
    const states: Result[] = [];
    const onCheckpoint = async (state: Result) => {
      states.push(state);
    };
    const whole = await pool.run(walk(), hooks({ onCheckpoint }));
    expect(states).toHaveLength(6);
    for (const state of [...states]) {
      const resumed = await pool.run(walk(), hooks({ begin: async () => state }));
      expect(resumed).toStrictEqual(whole);
    }
  });

  it('keeps no checkpoint more often than the pace allows', async () => {
    const slow = { keepEvery: 1e9, reportEvery: 1e9 };
    const calm =
      pool.size === 1
        ? inlineTaskPool(experiments, slow)
        : threadTaskPool({ entry, execArgv, workers: 1, pace: slow });
    let heard = 0;
    const count = () => {
      heard += 1;
    };
    await calm.run(walk(), hooks({ onProgress: count, onCheckpoint: async () => count() }));
    await calm.close();
    expect(heard).toBe(0);
  });

  it('brings an SvfError over with code, path, remedy and cause', async () => {
    const error = await pool.run(trouble('svf-error'), hooks()).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(SvfError);
    expect(error).toMatchObject({
      code: 'bench-full',
      path: ['bench', 2],
      expected: 'a free seat',
      received: 'none',
      remedy: 'Stand.',
      cause: { name: 'TypeError', message: 'no seat' },
    });
  });

  it('brings any other error over with its name and stack', async () => {
    const error = await pool.run(trouble('error'), hooks()).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'RangeError', message: 'out of range' });
    expect(error.stack).toContain('experiments.mjs');
  });

  it('refuses a result that is not finite, by path', async () => {
    await expect(pool.run(trouble('nan'), hooks())).rejects.toMatchObject({
      code: 'non-finite-number',
      path: ['values', 'deep', 0, 'loss'],
    });
  });

  it('refuses an experiment that it does not know', async () => {
    await expect(pool.run({ experiment: 'fig-99', config: {} }, hooks())).rejects.toMatchObject({
      code: 'unknown-experiment',
      expected: 'one of walk, trouble',
    });
  });

  it('fails a task whose checkpoint is refused', async () => {
    const onCheckpoint = () => Promise.reject(new SvfError('Full.', { code: 'store-write' }));
    await expect(pool.run(walk(), hooks({ onCheckpoint }))).rejects.toMatchObject({ code: 'store-write' });
  });

  it('rejects with the reason of an abort and keeps a last state', async () => {
    const controller = new AbortController();
    const reason = new Error('Ctrl-C');
    const states: Result[] = [];
    const running = pool.run(
      walk({ steps: 1_000_000, pause: 1 }),
      hooks({
        signal: controller.signal,
        onProgress: () => controller.abort(reason),
        onCheckpoint: async (state) => {
          states.push(state);
        },
      }),
    );
    await expect(running).rejects.toBe(reason);
    expect(states.length).toBeGreaterThan(0);
    await expect(pool.run(walk(), hooks())).resolves.toBeDefined();
  });

  it('does not begin a task after an abort', async () => {
    let begun = false;
    const begin = async () => {
      begun = true;
      return undefined;
    };
    const signal = AbortSignal.abort('late');
    await expect(pool.run(walk(), hooks({ signal, begin }))).rejects.toBe('late');
    expect(begun).toBe(false);
  });
});

describe('threadTaskPool', () => {
  it.each(['deaf', 'busy'])('stops a task that is %s', async (how) => {
    const pool = threadTaskPool({ entry, execArgv, workers: 1, pace, patience: 50 });
    const controller = new AbortController();
    const begin = async () => {
      setTimeout(() => controller.abort('stop'), 100);
      return undefined;
    };
    await expect(pool.run(trouble(how), hooks({ signal: controller.signal, begin }))).rejects.toBe('stop');
    await expect(pool.run(walk(), hooks())).resolves.toBeDefined();
    await pool.close();
  });

  it('tells that a worker was lost and goes on with another, also for those in line', async () => {
    const pool = threadTaskPool({ entry, execArgv, workers: 1, pace });
    const lost = pool.run(trouble('exit'), hooks());
    const behind = [pool.run(walk(), hooks()), pool.run(trouble('exit'), hooks()), pool.run(walk(), hooks())];
    const gone = { code: 'worker-lost', received: expect.stringContaining('3'), remedy: expect.any(String) };
    await expect(lost).rejects.toMatchObject(gone);
    await expect(behind[0]).resolves.toBeDefined();
    await expect(behind[1]).rejects.toMatchObject(gone);
    await expect(behind[2]).resolves.toBeDefined();
    await pool.close();
  });

  it('tells that the entry is not there', async () => {
    const pool = threadTaskPool({ entry: new URL('./nowhere.mjs', entry), execArgv, workers: 1 });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(pool.run(walk(), hooks())).rejects.toMatchObject({
        code: 'worker-lost',
        received: expect.stringContaining('nowhere.mjs'),
      });
    }
    await pool.close();
  });

  it.each([0, -1, 1.5, Number.NaN, 100_000])('refuses %s workers', (workers) => {
    expect(() => threadTaskPool({ entry, execArgv, workers })).toThrow(
      expect.objectContaining({ code: 'bad-workers' }),
    );
  });
});
