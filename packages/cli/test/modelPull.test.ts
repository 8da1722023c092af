import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeHubCase, hubEnvironment, hubFiles } from './fakeHubCase.ts';
import { fixtureModel, PROMPT } from './fixtureModel.ts';
import { refusal } from './refusal.ts';
import { start, svf, svfJson, temporaryFolder } from './svf.ts';

const WHOLE = hubFiles('tiny-gpt2');
const { 'model.safetensors': WEIGHTS, ...WITHOUT_WEIGHTS } = WHOLE;
const TINY = {
  id: 'tester/tiny-gpt2',
  aliases: ['tiny-gpt2-from-fake-hub'],
  revisions: { main: WHOLE, other: hubFiles('tiny-neox') },
};

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
it('svf sad with the ID of a model is all that it takes; then no network is needed', async () => {
  const { hub, env } = await fakeHubCase([TINY]);
  const args = ['sad', '--model', 'tiny-gpt2-from-fake-hub', '--prompt', PROMPT, '--head', '3.1'];
  const fetched = (await svfJson(args, undefined, env)) as { rows: unknown };
  const local = (await svfJson(args.with(2, fixtureModel('tiny-gpt2')))) as { rows: unknown };
  expect(fetched).toEqual({ ...local, model: 'tiny-gpt2-from-fake-hub' });
  const asked = hub.requests.length;
  expect(await svfJson([...args, '--offline'], undefined, env)).toEqual(fetched);
  expect(hub.requests).toHaveLength(asked);

  await hub.close();
  const without = await svf([...args, '--json'], undefined, env);
  expect(without).toMatchObject({
    status: 0,
    stderr: 'warning: tiny-gpt2-from-fake-hub is used as the cache has it: ECONNREFUSED.\n',
  });
  expect(JSON.parse(without.stdout)).toEqual(fetched);
  expect((await svf([...args, '--quiet'], undefined, env)).stderr).toBe('');
});

it('svf model pull fetches what is needed and says what it was', async () => {
  const { hub, cache, env } = await fakeHubCase([
    { ...TINY, revisions: { main: { ...WHOLE, 'pytorch_model.bin': WHOLE['config.json'] } } },
  ]);
  const pulled = await svfJson(['model', 'pull', TINY.id], undefined, env);
  const commit = hub.commit(TINY.id);
  expect(pulled).toEqual({
    id: TINY.id,
    revision: 'main',
    commit,
    folder: join(cache, 'models--tester--tiny-gpt2', 'snapshots', commit),
    files: expect.any(Array),
  });
  const { files } = pulled as { files: { name: string; size: number; sha256: string }[] };
  expect(Object.fromEntries(files.map((file) => [file.name, [file.size, file.sha256]]))).toEqual(
    Object.fromEntries(Object.entries(WHOLE).map(([name, bytes]) => [name, [bytes.length, sha256(bytes)]])),
  );
  const text = await svf(['model', 'pull', TINY.id], undefined, { ...env, HF_HUB_OFFLINE: '1' });
  expect(text).toMatchObject({ status: 0, stderr: '' });
  expect(text.stdout).toContain(`tester/tiny-gpt2, revision main, commit ${commit}`);
});

it.runIf(process.platform === 'linux')('a cache that cannot be made ends the pull', async () => {
  const { env } = await fakeHubCase([TINY]);
  const args = ['model', 'pull', TINY.id];
  expect(await svf(args, undefined, { ...env, HF_HUB_CACHE: '/proc/none' })).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error: The cache of models at \/proc\/none .*\n.*HF_HUB_CACHE.*\n$/),
  });
});

it('Ctrl-C during a pull leaves only what the same command goes on from', async () => {
  const { hub, cache, env } = await fakeHubCase([TINY]);
  hub.fail({ file: 'model.safetensors', kind: { name: 'slow', piece: 20_000, pause: 20 } });
  const args = ['model', 'pull', TINY.id];
  const { child, ended } = start(args, cache, env);
  const left = join(cache, 'models--tester--tiny-gpt2', 'blobs', `${sha256(WEIGHTS)}.incomplete`);
  while (!existsSync(left) && child.exitCode === null) await setTimeout(5);
  await setTimeout(100);
  child.kill('SIGINT');
  expect(await ended).toEqual({
    status: 130,
    stdout: '',
    stderr: 'Interrupted. What was fetched is kept; the same command goes on from there.\n',
  });
  const { size } = statSync(left);
  expect(size).toBeGreaterThan(0);
  expect(size).toBeLessThan(WEIGHTS.length);
  expect(readFileSync(left)).toEqual(Buffer.from(WEIGHTS.subarray(0, size)));

  hub.heal();
  expect(await svf(args, cache, env)).toMatchObject({ status: 0, stderr: '' });
  expect(hub.requests.at(-1)).toMatchObject({ server: 'store', range: `bytes=${size}-` });
  const names = readdirSync(cache, { recursive: true, encoding: 'utf8' });
  expect(names).toContain(`models--tester--tiny-gpt2/snapshots/${hub.commit(TINY.id)}/model.safetensors`);
  expect(names.filter((name) => name.endsWith('.incomplete'))).toEqual([]);
});

it('a model that svf cannot run is fetched with a warning', async () => {
  const config = Buffer.from('{"model_type":"llama"}');
  const { env } = await fakeHubCase([
    { id: 'a/llama', revisions: { main: { ...WHOLE, 'config.json': config } } },
  ]);
  const { status, stderr } = await svf(['model', 'pull', 'a/llama'], undefined, env);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: svf will not be able to use this model\. .*"llama".*\n$/);
});

describe('what cannot be fetched', () => {
  const models = [
    TINY,
    { id: 'a/bin', revisions: { main: { ...WITHOUT_WEIGHTS, 'pytorch_model.bin': WEIGHTS } } },
    { id: 'a/gated', access: 'gated' as const, revisions: { main: WHOLE } },
    { id: 'a/empty', revisions: { main: { 'README.md': Buffer.from('#') } } },
    {
      id: 'a/llama',
      revisions: { main: { ...WHOLE, 'config.json': Buffer.from('{"model_type":"llama"}') } },
    },
  ];

  /** With a hub of its own, which damages weights, in this process. */
  async function refused(command: string) {
    const { hub, env } = await fakeHubCase(models);
    hub.fail({ file: 'model.safetensors', kind: { name: 'wrong-hash' } });
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    return { ...(await refusal(command.split(' '))), hub };
  }

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    [
      'model pull a/none',
      2,
      /no model a\/none on the hub, or it is private\.\n.*\/models\?search=none; .*HF_TOKEN/,
    ],
    ['heads --model a/none', 2, /no model a\/none on the hub[\s\S]*ioi-gpt2/],
    [`model pull ${TINY.id}@step3`, 2, /has no revision step3\.[\s\S]*tree\/main/],
    ['model pull a/bin', 2, /only weights of PyTorch \(pytorch_model\.bin\)[\s\S]*safetensors/],
    ['heads --model a/bin', 2, /only weights of PyTorch/],
    ['model pull a/gated', 2, /does not let the public have a\/gated[\s\S]*HF_TOKEN/],
    ['model pull a/empty', 2, /a\/empty has no config\.json/],
    [
      `model pull ${TINY.id}`,
      1,
      /model\.safetensors of tester\/tiny-gpt2 did not arrive as the hub announces it/,
    ],
    ['model pull ../x', 2, /'\.\.\/x' is no ID of a model/],
    ['model pull ioi-neox@step8', 2, /ioi-neox is bundled[\s\S]*svf heads --model ioi-neox/],
    [`heads --model ${TINY.id} --offline`, 1, /must not be asked[\s\S]*svf model pull tester\/tiny-gpt2/],
  ] as const)('svf %s: status %i', async (command, expected, message) => {
    const { status, stdout, stderr } = await refused(command);
    expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it('no weights are fetched of a model that cannot be used', async () => {
    const { hub, status, stderr } = await refused('heads --model a/llama');
    expect(status).toBe(2);
    expect(stderr).toMatch(/"llama", which is not supported[\s\S]*gpt2, gpt_neox/);
    expect(hub.downloads()).toContain('config.json');
    expect(hub.downloads()).not.toContain('model.safetensors');
  });

  it('without network it says what can be done', async () => {
    for (const [name, value] of Object.entries(hubEnvironment('http://127.0.0.1:1', temporaryFolder()))) {
      vi.stubEnv(name, value);
    }
    const { status, stderr } = await refusal(['sad', '--model', 'gpt2', '--prompt', 'x']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/cannot be reached, and the cache has no whole copy of gpt2\.\n/);
    expect(stderr).toMatch(
      /svf model pull gpt2' on another machine and copy models--gpt2.* ioi-gpt2, ioi-neox\.\n$/,
    );
  });
});
