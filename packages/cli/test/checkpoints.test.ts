import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './svf.ts';

it.each([
  ['', /There is no model\.\n.*--model MODEL, or --dir FOLDER/],
  ['--model ioi-neox@step8', /--model names a revision.*\n.*--model ioi-neox --revisions step8\./],
  ['--model FOLDER', /names a folder, which is one checkpoint\.\n.*--dir/],
  ['--model FOLDER@step8', /is a folder, which has no revisions\.\n/],
  ['--model ioi-neox --revisions step9', /There is no revision step9\.\n.*step0, step8, .*step2000;/],
  ['--model ioi-neox --revisions step9..step8', /stands for no revisions\.\n.*step0\.\.step143000:1000/],
  ['--model tester/none', /There are no revisions\.\n.*--revisions/],
  ['--dir FOLDER', /There are no revisions to measure\.\n.*subfolder/],
  ['--dir FOLDER/file', /file is no folder that can be read\.\n.*--dir/],
  ['--model ioi-neox --pairs FOLDER/none', /none cannot be read\.\n.*\[\[layer, head, destination, source\]/],
  ['--model ioi-neox --pairs FOLDER/file', /file holds no JSON list of pairs\.\n/],
  ['--model ioi-neox --pairs FOLDER/pairs', /Pair 1 of .*pairs is none\.\n/],
  ['--model ioi-neox --out FOLDER/file', /cannot be used as output folder/],
])('svf checkpoints %s: status 2 and what to do', async (options, message) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty', 'file'), '?');
  writeFileSync(join(folder, 'empty', 'pairs'), '[[0, 0, 2, 1], [0, 0, 2, -1]]');
  const words = options.replace('FOLDER', join(folder, 'empty')).split(' ').filter(Boolean);
  const { status, stdout, stderr } = await refusal(['checkpoints', ...words]);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});
