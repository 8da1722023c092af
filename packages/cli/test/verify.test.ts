import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { encodeSafetensors, type TensorToEncode } from '@svf-alignment/core/safetensors';
import { statements } from '@svf-alignment/theory';
import { describe, expect, it } from 'vitest';
import { start, svf, svfJson, temporaryFolder } from './svf.ts';

describe('svf verify', () => {
  it('--list tells the statements', async () => {
    const { theorems } = (await svfJson(['verify', '--list'])) as { theorems: { id: string }[] };
    expect(theorems.map(({ id }) => id)).toEqual(statements.map(({ id }) => id));
    expect(theorems[0]).toMatchObject({ hypotheses: expect.any(Array), runs: expect.any(Number) });
    const { stdout } = await svf(['verify', 'theorem3', '--list']);
    expect(stdout).toMatch(/^theorem3 +\d+ +\w/m);
    expect(stdout.trim().split('\n')).toHaveLength(2);
  });

  it('runs every statement, and tells the outcome as data and as a table', async () => {
    const folder = temporaryFolder();
    const args = ['verify', '--runs', '2', '--seed', '7', '--out', 'kept'];
    const suite = await svfJson(args, folder);
    expect(suite).toEqual({
      seed: 7,
      passed: true,
      theorems: statements.map(({ id, title, statement, source }) =>
        expect.objectContaining({
          id,
          title,
          statement: statement.text,
          source,
          runs: 2,
          hypothesesMet: 2,
          skipped: expect.any(Number),
          passed: true,
          worstSlack: expect.any(Number),
          worstRatio: expect.any(Number),
          seed: 7,
          path: null,
          counterexample: null,
        }),
      ),
    });
    expect(JSON.parse(readFileSync(join(folder, 'kept/theorems.json'), 'utf8'))).toEqual(suite);

    const text = await svf(args, folder);
    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /^statement +runs +hypotheses met +set aside +worst slack +measured\/bound +verdict$/m,
    );
    for (const { id } of statements) expect(text.stdout).toMatch(new RegExp(`^${id} +2 +2 .*✓ holds$`, 'm'));
    expect(text.stdout).toMatch(/Theorem 2: the largest sine came to 0\.\d+ of the bound of the paper/);
    const csv = await svf([...args, '--csv'], folder);
    expect(csv.stdout).toMatch(/^id,title,statement,/);
    expect(csv.stdout.trim().split('\n')).toHaveLength(1 + statements.length);
  });

  it('gives the same for the same seed whatever runs at once, and other cases for another seed', async () => {
    const run = (...more: string[]) =>
      svfJson(['verify', 'theorem2', '--runs', '300', '--out', temporaryFolder(), ...more]);
    const [one, two, other] = await Promise.all([
      run('--seed', '3', '--workers', '1'),
      run('--seed', '3', '--workers', '2'),
      run('--seed', '4', '--workers', '2'),
    ]);
    expect(two).toEqual(one);
    expect(other).not.toEqual({ ...(one as object), seed: 4 });
  });

  it('can be stopped and goes on from the blocks that were done', async () => {
    const folder = temporaryFolder();
    const args = ['verify', 'theorem1', '--runs', '150', '--workers', '1'];
    const results = join(folder, 'verification/store/results');
    const { child, ended } = start(args, folder);
    while (!(existsSync(results) && readdirSync(results).length > 0) && child.exitCode === null) {
      await setTimeout(10);
    }
    child.kill('SIGINT');
    expect(await ended).toEqual({
      status: 130,
      stdout: '',
      stderr: 'Interrupted. Finished blocks are kept in verification; the same command goes on from here.\n',
    });
    const kept = readdirSync(results);
    expect(kept.length).toBeGreaterThan(0);
    const resumed = await svfJson(args, folder);
    expect(readdirSync(results)).toEqual(expect.arrayContaining(kept));
    expect(resumed).toEqual(await svfJson([...args, '--out', 'whole'], folder));
    expect(readdirSync(join(folder, 'whole/store/results')).sort()).toEqual(readdirSync(results).sort());
  });

  it('keeps nothing unless it was asked how long or where', async () => {
    const folder = temporaryFolder();
    expect((await svf(['verify', 'lemma1'], folder)).status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a violated statement: status 1, and a snippet that reproduces it', async () => {
    const folder = temporaryFolder();
    const args = ['verify', 'lemma1', 'lemma2', '--runs', '1', '--out', 'kept'];
    await svf(args, folder);
    plantCounterexample(join(folder, 'kept/store/results'));
    const { status, stdout } = await svf(args, folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^lemma1 .*✗ violated$/m);
    expect(stdout).toMatch(/^lemma2 .*✓ holds$/m);
    expect(stdout).toMatch(
      /fc\.assert\(findStatement\('lemma1'\)\.property\(\), \{ seed: -?\d+, path: '0:3' \}\)/,
    );
    expect(stdout).toContain('1 of 2 statements hold');
    const json = await svf([...args, '--json'], folder);
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      passed: false,
      theorems: [
        { id: 'lemma1', passed: false, path: '0:3', counterexample: { case: [1] } },
        { passed: true },
      ],
    });
  });
});

/** Makes of the stored block of lemma1 one in which a conclusion failed, sealed anew. */
function plantCounterexample(results: string): void {
  const counterexample = { conclusion: 'shift-invariance', measured: 2, bound: 1, error: null, case: [1] };
  for (const key of readdirSync(results)) {
    const path = join(results, key, 'result.json');
    const block = JSON.parse(readFileSync(path, 'utf8'));
    if (block.id !== 'lemma1') continue;
    const text = JSON.stringify({ ...block, path: '0:3', counterexample });
    writeFileSync(path, text);
    const seal = join(results, key, 'entry.json');
    const { sha256, ...rest } = JSON.parse(readFileSync(seal, 'utf8'));
    const sealed = { ...sha256, 'result.json': createHash('sha256').update(text).digest('hex') };
    writeFileSync(seal, JSON.stringify({ ...rest, sha256: sealed }));
  }
}

describe('svf verify --matrix', () => {
  const tensor = (shape: number[], values: number[]): TensorToEncode => ({
    shape,
    data: Float64Array.from(values),
  });
  const aligned = {
    features: tensor([4, 2], [1, 0, 0, 1, -1, 0, 0, -1]),
    W_Q: tensor([2, 1], [1, 0]),
    W_K: tensor([2, 1], [0, 1]),
  };
  const args = 'verify --matrix own.safetensors --tensor W=features --transpose W --pair 0,1'.split(' ');
  const folderWith = (tensors: Readonly<Record<string, TensorToEncode>>) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'own.safetensors'), encodeSafetensors(tensors));
    return folder;
  };

  it('tells hypotheses, bounds and what was measured', async () => {
    const folder = folderWith(aligned);
    expect(await svfJson(args, folder)).toMatchObject({
      file: 'own.safetensors',
      passed: true,
      pair: { query: 0, key: 1 },
      theorem1: { holds: true },
      corollary1: { holds: true },
      theorem2: { holds: true, epsilon: 0, sine: 0 },
    });
    const text = await svf([...args, '--strict'], folder);
    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(/W: features \[2, 4\], transposed/);
    expect(text.stdout).toMatch(/^theorem2 .*sine ≤ η.* 0 +0 +0 +✓ holds$/m);
    const csv = await svf([...args, '--csv'], folder);
    expect(csv.stdout).toMatch(/^statement,part,name,text,measured,bound,slack,holds\n/);
  });

  it('with --strict what does not hold is status 1; without, it is a result', async () => {
    const folder = folderWith(aligned);
    const other = [...args.slice(0, -1), '1,0'];
    const { status, stdout } = await svf(other, folder);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^theorem1 .*✗ does not hold$/m);
    expect((await svf([...other, '--strict'], folder)).status).toBe(1);
    expect((await svf([...args, '--tolerance', '0', 'theorem1'], folder)).status).toBe(0);
  });

  it('checks a model that svf has trained', async () => {
    const folder = temporaryFolder();
    await svf('toy train --preset single-pair --steps 30 --out model'.split(' '), folder);
    expect(await svfJson(['verify', '--matrix', 'model/model.safetensors'], folder)).toMatchObject({
      pair: { query: 0, key: 1 },
      tensors: [{ role: 'W' }, { role: 'W_Q', name: 'A' }, { role: 'W_K', name: 'B' }],
      passed: true,
    });
  });

  it.each([
    ['--matrix none.safetensors', /`none\.safetensors` cannot be read \(ENOENT\)/],
    ['--matrix .', /`\.` cannot be read/],
    ['--matrix text.safetensors', /header|safetensors/],
    ['--matrix own.safetensors', /No tensor holds the features[\s\S]*W_K, W_Q|features, W_K/],
    ['--matrix own.safetensors --tensor W=emb', /holds no tensor `emb`[\s\S]*features/],
    [
      '--matrix own.safetensors --tensor W=features',
      /`W_Q` \(W_Q\) is \[2, 1\]; the features have 4 dimensions[\s\S]*--transpose/,
    ],
    ['--matrix own.safetensors --tensor W=features --transpose W --pair 0,9', /There is no feature 9/],
    ['--matrix own.safetensors --tensor V=features', /`V` is not a role[\s\S]*W, Q, K, W_Q/],
    ['--matrix own.safetensors --tensor features', /ROLE=NAME/],
    ['--matrix own.safetensors --pair 1', /two columns/],
    ['--matrix own.safetensors --tolerance -1', /at least 0/],
    ['--matrix own.safetensors --runs 5', /cannot be used with option '--runs/],
    ['lemma1 --matrix own.safetensors', /`lemma1` cannot be checked on own data[\s\S]*theorem2/],
    ['--pair 0,1', /--pair goes with --matrix/],
    ['--strict', /--strict goes with --matrix/],
    ['lemma9', /no statement "lemma9"/],
    ['--runs 0', /whole number of at least 1/],
    ['--out own.safetensors lemma1', /cannot be used as output folder/],
  ])('svf verify %s: status 2, a line or two on stderr', async (command, message) => {
    const folder = folderWith(aligned);
    writeFileSync(join(folder, 'text.safetensors'), 'This is no model at all, only text.');
    const { status, stdout, stderr } = await svf(['verify', ...command.split(' ')], folder);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});
