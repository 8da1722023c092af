import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { start, svf, svfJson, temporaryFolder } from './svf.ts';

it('svf reproduce --list tells what there is', async () => {
  const minutes = { quick: expect.any(Number), paper: expect.any(Number) };
  const { experiments } = (await svfJson(['reproduce', '--list'])) as { experiments: { id: string }[] };
  expect(experiments.map(({ id }) => id)).toEqual(expect.arrayContaining(['fig-01a', 'fig-03']));
  for (const experiment of experiments) {
    expect(experiment).toEqual({
      id: expect.any(String),
      title: expect.any(String),
      figures: expect.any(Array),
      needsNetwork: expect.any(Boolean),
      minutes,
    });
  }
  const text = await svf(['reproduce', '--list']);
  expect(text.stdout).toMatch(/^fig-01a +/m);
});

it('svf reproduce can be stopped, goes on, and writes its report', async () => {
  const folder = temporaryFolder();
  const { child, ended } = start(['reproduce', 'fig-01a', '--workers', '1'], folder);
  while (!existsSync(join(folder, 'reproduction/store')) && child.exitCode === null) await setTimeout(10);
  await setTimeout(1000);
  child.kill('SIGINT');
  expect(await ended).toEqual({
    status: 130,
    stdout: '',
    stderr: 'Interrupted. Finished work is kept in reproduction; the same command goes on from here.\n',
  });

  const result = await svfJson(['reproduce', 'fig-01a'], folder);
  const verdict = expect.stringMatching(/^(reproduced|not reproduced|not run)$/);
  const { claims } = result as { claims: unknown[] };
  expect(result).toMatchObject({ profile: 'quick' });
  expect(claims.length).toBeGreaterThan(0);
  for (const claim of claims) {
    expect(claim).toMatchObject({
      id: expect.any(String),
      figure: expect.any(String),
      claim: expect.any(String),
      tolerance: expect.any(String),
      verdict,
    });
    expect(claim).toHaveProperty('paper');
    expect(claim).toHaveProperty('measured');
  }
  const report = (path: string) => join(folder, 'reproduction', path);
  expect(JSON.parse(readFileSync(report('claims.json'), 'utf8'))).toMatchObject({ profile: 'quick', claims });
  expect(readFileSync(report('index.html'), 'utf8')).toContain('svf reproduce fig-01a --json');
  for (const path of [
    'results/fig-01a.json',
    'figures/fig-01a-features.svg',
    'figures/fig-01a-features.png',
  ]) {
    expect(statSync(report(path)).size).toBeGreaterThan(0);
  }

  const strict = await svf(['reproduce', 'fig-01a', '--strict'], folder);
  const all = claims.every((claim) => (claim as { verdict: string }).verdict === 'reproduced');
  expect(strict.status).toBe(all ? 0 : 1);
  expect(strict.stdout).toMatch(/^fig-01a {2}\S/);
  expect(strict.stdout).toMatch(/\d+ claims: \d+ reproduced, .*\nreport: file:\/\/.*index\.html\n$/);
  expect(strict.stderr).toBe('');
});

it('svf reproduce on several models tells what there is of each, and refuses one that cannot be', async () => {
  const folder = temporaryFolder();
  const asked = ['reproduce', 'fig-09a', 'acc-circuit', '--model', 'ioi-gpt2', '--workers', '1'];
  const offline = { HF_HUB_OFFLINE: '1', HF_HUB_CACHE: folder };
  const told = await svf([...asked, '--model', 'tester/none', '--quiet'], folder, offline);
  expect(told.status).toBe(1);
  expect(told.stdout).toMatch(/reproduced +ioi-gpt2: /);
  expect(told.stdout).toMatch(/not run +tester\/none: [\s\S]*no whole copy of tester\/none/);
  expect(told.stderr).toMatch(/^error: fig-09a, acc-circuit on tester\/none did not finish: The hub .*\n$/);

  const refused = await svf([...asked, '--model', './nowhere', '--out', 'other'], folder);
  expect(refused).toMatchObject({ status: 2, stdout: '' });
  expect(refused.stderr).toContain('There is no folder ./nowhere.');
  expect(existsSync(join(folder, 'other'))).toBe(false);
});

it('svf reproduce tells which model an experiment has no use for', async () => {
  const { status, stdout, stderr } = await svf(
    ['reproduce', 'fig-07b', '--model', 'ioi-gpt2', '--workers', '1'],
    temporaryFolder(),
  );
  expect(status).toBe(0);
  expect(stderr).toBe('warning: ioi-gpt2 has nothing to measure for fig-07b, e.g. no checkpoints.\n');
  expect(stdout).not.toContain('ioi-gpt2: ');
});
