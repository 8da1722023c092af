import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalResult } from '../../src/lab/canonicalResult.ts';
import { openDiskStore } from '../../src/lab/diskStore.ts';
import { memoryStore } from '../../src/lab/memoryStore.ts';
import type { Result } from '../../src/lab/result.ts';
import type { Store } from '../../src/lab/store.ts';
import { taskKey } from '../../src/lab/taskKey.ts';
import { arbitraryResult } from './arbitraryResult.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const key = (n: number) => taskKey({ experiment: 'e', version: 1, config: { n } });
const state = (step: number): Result => ({
  values: { step },
  tensors: { w: { shape: [2], data: Float64Array.of(step, -0) } },
});

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['memoryStore', async () => memoryStore()],
  ['openDiskStore', () => openDiskStore({ directory: temporaryFolder() })],
];

describe.each(stores)('%s', (_name, open) => {
  it('gives back the canonical form of what was written, bit for bit', async () => {
    const store = await open();
    let n = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryResult, async (result) => {
        n += 1;
        await store.write(key(n), result);
        await store.writeCheckpoint(key(n), result);
        expect(await store.read(key(n))).toStrictEqual(canonicalResult(result));
        expect(await store.readCheckpoint(key(n))).toStrictEqual(canonicalResult(result));
      }),
      { numRuns: 30 },
    );
  });

  it('has nothing under a key that was never written', async () => {
    const store = await open();
    expect(await store.read(key(0))).toBeUndefined();
    expect(await store.readCheckpoint(key(0))).toBeUndefined();
    await store.removeCheckpoint(key(0));
  });

  it('keeps the first result of a key', async () => {
    const store = await open();
    await store.write(key(1), state(1));
    await store.write(key(1), state(2));
    expect((await store.read(key(1)))?.values).toEqual({ step: 1 });
  });

  it('keeps the last checkpoint of a key until it is removed', async () => {
    const store = await open();
    for (let step = 1; step <= 12; step += 1) await store.writeCheckpoint(key(1), state(step));
    await store.writeCheckpoint(key(2), state(99));
    expect((await store.readCheckpoint(key(1)))?.values).toEqual({ step: 12 });
    await store.removeCheckpoint(key(1));
    expect(await store.readCheckpoint(key(1))).toBeUndefined();
    expect((await store.readCheckpoint(key(2)))?.values).toEqual({ step: 99 });
  });

  it('hands out copies', async () => {
    const store = await open();
    const given = state(1);
    await store.write(key(1), given);
    given.tensors.w?.data.fill(5);
    (await store.read(key(1)))?.tensors.w?.data.fill(6);
    expect((await store.read(key(1)))?.tensors.w?.data).toEqual(Float64Array.of(1, -0));
  });

  it('refuses a result that is not finite and keeps nothing of it', async () => {
    const store = await open();
    await expect(store.write(key(1), { values: { loss: Number.NaN }, tensors: {} })).rejects.toMatchObject({
      code: 'non-finite-number',
      path: ['values', 'loss'],
    });
    expect(await store.read(key(1))).toBeUndefined();
  });
});
