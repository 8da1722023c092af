import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { svf, svfJson, temporaryFolder } from './svf.ts';

const number = expect.any(Number);
const sweep = 'toy sweep keys=2,4 reconstruction=mean,sum --seeds 2 --steps 20 --set batchKeys=64'.split(' ');

it('svf toy sweep trains the grid, keeps its rows, and does not train again what is there', async () => {
  const folder = temporaryFolder();
  const first = await svfJson(sweep, folder);
  const settings = [2, 4].flatMap((keys) =>
    ['mean', 'sum'].map((reconstruction) => ({ keys, reconstruction })),
  );
  expect(first).toEqual({
    rows: settings.flatMap((setting) =>
      [0, 1].map((seed) =>
        expect.objectContaining({ setting, seed, alignmentMean: number, alignmentMeanMax: number }),
      ),
    ),
  });
  expect(JSON.parse(readFileSync(join(folder, 'sweep/rows.json'), 'utf8'))).toEqual(first);

  const again = await svf([...sweep, '--csv', '--workers', '1'], folder);
  const lines = again.stdout.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^keys,reconstruction,seed,alignmentMean,alignmentMeanMax,alignmentMeanMatched,/);
  expect(lines).toHaveLength(9);
  expect(lines[1]?.startsWith('2,mean,0,')).toBe(true);

  const text = await svf(sweep, folder);
  expect(text.stdout).toMatch(/keys +reconstruction +seed +mean \|cos\|/);
  expect(text.stderr).toBe('');
});

it('takes lists as values', async () => {
  const grid = 'targets=[{"query":0,"key":1,"target":5}],[{"query":0,"key":1,"target":9}]';
  const args = ['toy', 'sweep', grid, '--steps', '2', '--set', 'batchKeys=16', '--workers', '1'];
  const targets = [5, 9].map((target) => [{ query: 0, key: 1, target }]);
  expect(await svfJson(args, temporaryFolder())).toMatchObject({
    rows: targets.map((target) => ({ setting: { targets: target } })),
  });
});
