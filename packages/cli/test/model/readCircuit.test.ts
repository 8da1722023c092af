import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCircuit } from '../../src/model/readCircuit.ts';
import { temporaryFolder } from '../svf.ts';

const CIRCUIT = {
  schemaVersion: 1,
  model: { name: 'm', hash: '0'.repeat(64) },
  prompt: 'a',
};

it.each([
  ['nothing', undefined, /cannot be read \(ENOENT\)/],
  ['an empty file', '', /holds no circuit\.$/],
  ['half of one', JSON.stringify(CIRCUIT).slice(0, 40), /holds no circuit\.$/],
  ['a page', '<html>', /holds no circuit\.$/],
  ['brackets without end', '['.repeat(1e5), /holds no circuit\.$/],
  ['one of another format', JSON.stringify({ ...CIRCUIT, schemaVersion: 2 }), /\(schemaVersion: /],
  ['one without edges', JSON.stringify(CIRCUIT), /holds no circuit \(/],
])('refuses %s in one line', async (_, content, message) => {
  const file = join(temporaryFolder(), 'circuit.json');
  if (content !== undefined) writeFileSync(file, content);
  await expect(readCircuit(file)).rejects.toMatchObject({
    code: 'circuit-file',
    message: expect.stringMatching(message),
    remedy: expect.stringContaining('svf trace'),
  });
});

it('refuses a folder, and a file larger than any circuit without reading it', async () => {
  const folder = temporaryFolder();
  await expect(readCircuit(folder)).rejects.toMatchObject({ code: 'circuit-file' });
  const file = join(folder, 'huge.json');
  writeFileSync(file, '');
  truncateSync(file, 2 ** 40);
  await expect(readCircuit(file)).rejects.toMatchObject({
    code: 'circuit-file',
    message: expect.stringContaining('too large'),
  });
});
