import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writingFault } from '../../src/checks/writingFault.ts';
import { temporaryFolder } from '../svf.ts';

it('tells whether a folder can be written to, there or not, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'there'));
  expect(await writingFault(join(folder, 'there'))).toBeNull();
  expect(await writingFault(join(folder, 'new', 'below'))).toBeNull();
  expect(readdirSync(folder, { recursive: true })).toEqual(['there']);
});

it('tells in one line why one cannot', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await writingFault(file)).toMatch(/^ENOTDIR.*$/);
  expect(await writingFault(join(file, 'below'))).toMatch(/^ENOTDIR.*$/);
});
