import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseModelReference } from '../../src/model/modelReference.ts';
import { refusal, temporaryFolder } from '../hub/hubCase.ts';

const bundled = ['small-gpt2', 'small-neox'];

test('a folder goes before a bundled name, and that before an ID on the hub', async () => {
  expect(await parseModelReference('small-gpt2', bundled)).toEqual({
    kind: 'bundled',
    name: 'small-gpt2',
    revision: null,
  });
  expect(await parseModelReference('small-neox@step8', bundled)).toMatchObject({ revision: 'step8' });
  expect(await parseModelReference('small-gpt2')).toEqual({
    kind: 'hub',
    id: 'small-gpt2',
    revision: 'main',
  });
  expect(await parseModelReference('EleutherAI/pythia-160m@step1000', bundled)).toEqual({
    kind: 'hub',
    id: 'EleutherAI/pythia-160m',
    revision: 'step1000',
  });
  const folder = join(temporaryFolder(), 'a@b');
  mkdirSync(folder);
  expect(await parseModelReference(folder, bundled)).toEqual({ kind: 'folder', folder });
  expect(await parseModelReference('.', ['.'])).toEqual({ kind: 'folder', folder: process.cwd() });
});

test.each(['/no/such/folder', './nothing', '../nothing', '~/models', 'C:\\models\\gpt2', 'a/b/c', 'gpt2/'])(
  '%s is a path where there is nothing',
  async (text) => {
    expect(await refusal(parseModelReference(text, bundled))).toMatchObject({
      code: 'bad-folder',
      received: 'nothing there',
    });
  },
);

test.each(['@main', '@', '@a/b'])('a folder has no revision: %s', async (revision) => {
  const folder = join(temporaryFolder(), 'a@b');
  mkdirSync(folder);
  const error = await refusal(parseModelReference(`${folder}${revision}`, bundled));
  expect(error).toMatchObject({
    code: 'unknown-revision',
    message: `${folder} is a folder, which has no revisions.`,
  });
  expect(error.remedy).toContain(`Leave ${revision} away;`);
});

test('a file is no folder; that of its weights says which is', async () => {
  const file = join(temporaryFolder(), 'model.safetensors');
  writeFileSync(file, '');
  const error = await refusal(parseModelReference(file));
  expect(error).toMatchObject({ code: 'bad-folder', received: 'a file' });
  expect(error.remedy).toBe('Name the folder in which model.safetensors lies.');
});

test.each(['', 'my model', 'gpt--2', '@main', 'gpt2?'])('%s is no model', async (text) => {
  const error = await refusal(parseModelReference(text, bundled));
  expect(error.code).toBe('unknown-model');
  for (const name of bundled) expect(error.expected).toContain(name);
});

test.each(['gpt2@', 'gpt2@a b', 'gpt2@../x', 'gpt2@a@b~1'])('%s names no revision', async (text) => {
  expect((await refusal(parseModelReference(text, bundled))).code).toBe('unknown-revision');
});
