import * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDiskStore } from '../../src/lab/diskStore.ts';
import type { Result } from '../../src/lab/result.ts';
import type { StoreFiles } from '../../src/lab/storeEntry.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const KEY = 'ab'.repeat(32);
const RESULT: Result = {
  values: { loss: 0.25 },
  tensors: { w: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) } },
};

async function filled() {
  const directory = temporaryFolder();
  const warnings: string[] = [];
  const store = await openDiskStore({ directory, onWarning: (message) => warnings.push(message) });
  await store.write(KEY, RESULT);
  return { directory, warnings, store, entry: join(directory, 'results', KEY) };
}

/** `node:fs/promises`, but a write to a file of that name fails as the operating system would. */
function failing(name: string, code: string): StoreFiles {
  const writeFile: StoreFiles['writeFile'] = async (file, data, options) => {
    if (String(file).endsWith(name)) throw Object.assign(new Error(`${code}: no luck`), { code });
    await promises.writeFile(file, data, options);
  };
  return { ...promises, writeFile };
}

describe('openDiskStore', () => {
  it('keeps results over processes, in files that others can read', async () => {
    const { directory, entry } = await filled();
    const again = await openDiskStore({ directory });
    expect(await again.read(KEY)).toStrictEqual(RESULT);
    expect(JSON.parse(await promises.readFile(join(entry, 'result.json'), 'utf8'))).toEqual({ loss: 0.25 });
    expect((await promises.readdir(entry)).sort()).toEqual([
      'entry.json',
      'result.json',
      'tensors.safetensors',
    ]);
    expect(await promises.readdir(join(directory, 'temporary'))).toEqual([]);
  });

  const files = ['entry.json', 'result.json', 'tensors.safetensors'];
  const damages: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['truncated', (path) => promises.truncate(path, 10)],
    ['empty', (path) => promises.truncate(path, 0)],
    ['missing', (path) => promises.rm(path)],
    [
      'changed in its last byte',
      async (path) => {
        const bytes = await promises.readFile(path);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await promises.writeFile(path, bytes);
      },
    ],
  ];
  const cases = files.flatMap((file) => damages.map(([how, damage]) => ({ file, how, damage })));

  it.each(cases)('removes an entry whose $file is $how, with a warning', async ({ file, damage }) => {
    const { store, entry, warnings } = await filled();
    await damage(join(entry, file));
    expect(await store.read(KEY)).toBeUndefined();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(entry);
    await expect(promises.stat(entry)).rejects.toMatchObject({ code: 'ENOENT' });
    await store.write(KEY, RESULT);
    expect(await store.read(KEY)).toStrictEqual(RESULT);
    expect(warnings).toHaveLength(1);
  });

  it('goes back to the checkpoint before where the last one is damaged', async () => {
    const { store, directory, warnings } = await filled();
    const folder = join(directory, 'checkpoints', KEY);
    await store.writeCheckpoint(KEY, RESULT);
    await promises.cp(join(folder, '1'), join(folder, '2'), { recursive: true });
    await promises.truncate(join(folder, '2', 'tensors.safetensors'), 20);
    expect(await store.readCheckpoint(KEY)).toStrictEqual(RESULT);
    expect(warnings).toHaveLength(1);
  });

  it.each(files)('shows nothing of an entry when the disk is full at %s', async (file) => {
    const directory = temporaryFolder();
    const store = await openDiskStore({ directory, files: failing(file, 'ENOSPC') });
    for (const write of [store.write, store.writeCheckpoint]) {
      await expect(write.call(store, KEY, RESULT)).rejects.toMatchObject({
        name: 'SvfError',
        code: 'store-write',
        path: [directory],
        remedy: expect.stringMatching(/^Free space/),
      });
    }
    const again = await openDiskStore({ directory });
    expect(await again.read(KEY)).toBeUndefined();
    expect(await again.readCheckpoint(KEY)).toBeUndefined();
    expect(await promises.readdir(join(directory, 'temporary'))).toEqual([]);
  });

  it('leaves the checkpoint before in place when the disk is full', async () => {
    const directory = temporaryFolder();
    await (await openDiskStore({ directory })).writeCheckpoint(KEY, RESULT);
    const full = await openDiskStore({ directory, files: failing('result.json', 'ENOSPC') });
    await expect(full.writeCheckpoint(KEY, { values: {}, tensors: {} })).rejects.toThrow();
    expect(await full.readCheckpoint(KEY)).toStrictEqual(RESULT);
  });

  it('says what to do when the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    await promises.writeFile(file, '');
    for (const [directory, code] of [
      [join(file, 'store'), 'ENOTDIR'],
      [file, /ENOTDIR|EEXIST/],
    ] as const) {
      await expect(openDiskStore({ directory })).rejects.toMatchObject({
        code: 'store-write',
        received: expect.stringMatching(code),
        remedy: expect.stringMatching(/^Name a folder/),
      });
    }
  });

  it('says so when a file of an entry cannot be read', async () => {
    const { store, entry } = await filled();
    await promises.rm(join(entry, 'result.json'));
    await promises.mkdir(join(entry, 'result.json'));
    await expect(store.read(KEY)).rejects.toMatchObject({ code: 'store-read', received: /EISDIR/ });
  });

  it.each(['', '..', `../${'a'.repeat(61)}`, 'A'.repeat(64), 'a'.repeat(63)])(
    'refuses %j as a key',
    async (key) => {
      const { store } = await filled();
      await expect(store.read(key)).rejects.toMatchObject({ code: 'store-key' });
      await expect(store.write(key, RESULT)).rejects.toMatchObject({ code: 'store-key' });
      await expect(store.removeCheckpoint(key)).rejects.toMatchObject({ code: 'store-key' });
    },
  );

  it('clears away what a killed process left long ago, but not what one may be writing', async () => {
    const { directory } = await filled();
    const [old, fresh] = [join(directory, 'temporary', 'old'), join(directory, 'temporary', 'fresh')];
    await promises.mkdir(old);
    await promises.mkdir(fresh);
    await promises.utimes(old, 0, 0);
    await openDiskStore({ directory });
    expect(await promises.readdir(join(directory, 'temporary'))).toEqual(['fresh']);
  });

  it('lets two stores write the same folder at once', async () => {
    const directory = temporaryFolder();
    const [one, two] = await Promise.all([openDiskStore({ directory }), openDiskStore({ directory })]);
    await Promise.all([one.write(KEY, RESULT), two.write(KEY, RESULT)]);
    expect(await one.read(KEY)).toStrictEqual(RESULT);
    expect(await promises.readdir(join(directory, 'temporary'))).toEqual([]);
  });
});
