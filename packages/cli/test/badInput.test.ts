import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { svf, temporaryFolder } from './svf.ts';

const cases: readonly (readonly [command: string, message: RegExp])[] = [
  ['toy trian', /unknown command 'trian'[\s\S]*train/],
  ['model chek', /unknown command 'chek'[\s\S]*check[\s\S]*See `svf model --help`/],
  ['modell', /unknown command 'modell'[\s\S]*model[\s\S]*See `svf --help`/],
  ['toy train --stepz 3', /unknown option '--stepz'[\s\S]*--steps/],
  ['toy train --preset defualt', /'defualt' is invalid[\s\S]*default, paper/],
  ['toy train --steps 1.5', /'1\.5' is invalid\. It must be a whole number/],
  ['toy train --seed x', /'x' is invalid/],
  ['toy train --set featureProbability=2', /`featureProbability` must be .*1, not 2/],
  ['toy train --set keys', /`keys` is not a setting[\s\S]*key=value/],
  ['toy train --set sigma=1', /`sigma=1` is not a setting/],
  ['toy train --set headDimension=11', /`headDimension` must be at most the dimension 10/],
  ['toy train --engine jax', /'jax' is invalid[\s\S]*wasm, reference, tfjs/],
  ['toy train --preset anisotropy --set features=8', /isotropic dictionary/],
  ['toy train --backend cpu', /--backend goes with --engine tfjs/],
  ['toy train --engine tfjs --backend node --steps 1', /backend `node` cannot be used[\s\S]*npm install/],
  ['toy train --config none.json', /`none\.json` cannot be read \(ENOENT\)/],
  ['toy train --config text.json', /`text\.json` is not JSON/],
  ['toy train --config list.json', /`list\.json` does not hold a JSON object/],
  ['toy train --config extra.json', /`wrong`/],
  ['toy train --out text.json', /`text\.json` cannot be used as output folder[\s\S]*is a file/],
  ['toy train --json --csv', /'--json' cannot be used with option '--csv'/],
  ['toy sweep', /missing required argument/],
  ['toy sweep keys', /`keys` says no values[\s\S]*keys=2,4,8/],
  ['toy sweep keys=2 keys=4', /`keys` a second time/],
  ['toy sweep sigma=2', /`sigma` cannot be swept/],
  ['toy sweep keys=2 --workers 0', /whole number of at least 1/],
  [
    'toy sweep keys=2 --workers 100000',
    /100000 is not a number of workers for this machine[\s\S]*Leave it out/,
  ],
  ['toy sweep keys=2 --seeds 1000000000', /'1000000000' is invalid[\s\S]*at most 10000/],
  ['reproduce fig-99', /no experiment `fig-99`[\s\S]*fig-03/],
  ['reproduce --profile slow', /'slow' is invalid[\s\S]*quick, paper/],
  ['reproduce --out text.json', /`text\.json` cannot be used as output folder/],
];

it.each(cases)('svf %s: status 2, a line or two on stderr', async (command, message) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'text.json'), 'keys: 3');
  writeFileSync(join(folder, 'list.json'), '[1]');
  writeFileSync(join(folder, 'extra.json'), '{ "wrong": 1 }');
  const { status, stdout, stderr } = await svf(command.split(' '), folder);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

it('shows the stack with --debug only', async () => {
  const { status, stderr } = await svf(['toy', 'train', '--set', 'keys=0', '--debug']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^SvfError: .*\n +at /m);
});

it('a training that diverges is a run that did not finish: status 1', async () => {
  const command = 'toy train --steps 50 --set learningRate=1e30 --json';
  const { status, stdout, stderr } = await svf(command.split(' '));
  expect(stderr).toMatch(/diverged[\s\S]*learningRate/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
});
