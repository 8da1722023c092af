import * as promises from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type FolderFiles, makeFolder } from '../../src/hub/makeFolder.ts';
import { temporaryFolder } from './hubCase.ts';

test('makes every folder that is not there, also several at the same time, and says nothing of one that is', async () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(dirname(folder))]);
  expect((await promises.stat(folder)).isDirectory()).toBe(true);
  await makeFolder(folder);
  expect(await promises.readdir(folder)).toEqual([]);
});

test('says what is in the way', async () => {
  const file = join(temporaryFolder(), 'file');
  await promises.writeFile(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below', 'it'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('ends where a folder that is there says that it is not, as those of /proc do', async () => {
  const there = temporaryFolder();
  const tried: string[] = [];
  const mkdir = async (path: string) => {
    tried.push(path);
    if (tried.length > 10) throw new Error('it goes on');
    if (path.startsWith(join(there, '/'))) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    await promises.mkdir(path);
  };
  const files = { ...promises, mkdir } as FolderFiles;
  await expect(makeFolder(join(there, 'a', 'b'), files)).rejects.toMatchObject({ code: 'ENOENT' });
});
