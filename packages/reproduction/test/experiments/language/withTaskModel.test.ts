import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTaskModel } from '../../../src/experiments/language/withTaskModel.ts';
import { temporaryFolder } from '../../lab/temporaryFolder.ts';
import { context, fixtureModel } from './fixtureModel.ts';
import { writeWideModel } from './wideModel.ts';

/** As text, which is compared faster. */
function factorsOf(model: string, cacheFolder?: string): Promise<string> {
  const task = { model, revision: null, settings: { precision: 'double' } } as const;
  return withTaskModel(task, { ...context, cacheFolder }, async ({ factors }) =>
    JSON.stringify(await factors()),
  );
}

test('factors of a large model are kept, whole, whatever the disk and other tasks do meanwhile', async () => {
  const [model, folder] = [temporaryFolder(), temporaryFolder()];
  writeWideModel(model);
  const plain = await factorsOf(model);
  expect(JSON.parse(plain)[0]).toHaveLength(16);

  const cache = join(folder, 'cache');
  expect(await Promise.all([factorsOf(model, cache), factorsOf(model, cache)])).toEqual([plain, plain]);
  const entries = readdirSync(join(cache, 'results'));
  expect(entries).toHaveLength(1);
  expect(readdirSync(join(cache, 'temporary'))).toEqual([]);
  expect(await factorsOf(model, cache)).toEqual(plain);

  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await factorsOf(model, file)).toEqual(plain);
  const unreadable = join(folder, 'unreadable');
  mkdirSync(join(unreadable, 'results', ...entries, 'entry.json'), { recursive: true });
  expect(await factorsOf(model, unreadable)).toEqual(plain);
});

test('nothing is kept of a small model', async () => {
  const cache = temporaryFolder();
  const factors = await factorsOf(fixtureModel('tiny-gpt2'), cache);
  expect(readdirSync(join(cache, 'results'))).toEqual([]);
  expect(factors).toEqual(await factorsOf(fixtureModel('tiny-gpt2')));
});
