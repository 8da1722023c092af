import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from '../../src/reproduce/writeWhole.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'svf-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('writes text and bytes, over what was there, and leaves nothing else', async () => {
  const path = join(folder, 'page.html');
  await writeFile(path, 'an older and longer page');
  await writeWhole(path, 'page');
  expect(await readFile(path, 'utf8')).toBe('page');
  await writeWhole(path, Uint8Array.of(1, 2, 3));
  expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  expect(await readdir(folder)).toEqual(['page.html']);
});

it('says why it cannot write and what to do, and leaves nothing', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(writeWhole(join(file, 'page.html'), 'page')).rejects.toMatchObject({
    code: 'store-write',
    remedy: 'Name a folder: a part of that path is a file.',
  });
  // A folder of that name: the page is written, but cannot take its place.
  await expect(writeWhole(folder, 'page')).rejects.toMatchObject({ code: 'store-write' });
  expect(await readdir(folder)).toEqual(['file']);
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(`${folder.split('/').at(-1)}.`))).toEqual(
    [],
  );
});
