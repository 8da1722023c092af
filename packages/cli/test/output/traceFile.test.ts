import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { prepareFiles } from '../../src/output/traceFile.ts';
import { temporaryFolder } from '../svf.ts';

it('makes the folders of files, and writes none of these', async () => {
  const folder = temporaryFolder();
  await prepareFiles([join(folder, 'a', 'b', 'x.json'), join(folder, 'a', 'y.html')]);
  expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual(['a', join('a', 'b')]);
});

it.each([
  ['x.json', /x\.json` cannot be written: it is a folder\./],
  [join('file', 'x.json'), /file` cannot be used as output folder/],
])('refuses %s where it cannot be written', async (name, message) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'x.json'));
  writeFileSync(join(folder, 'file'), '');
  await expect(prepareFiles([join(folder, name)])).rejects.toMatchObject({
    code: 'bad-folder',
    message: expect.stringMatching(message),
  });
});
