import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pullModel } from '../../src/hub/pullModel.ts';
import { FAKE_TOKEN, type Fault, startFakeHub } from './fakeHub.ts';
import {
  bytes,
  digest,
  digestOf,
  filesUnder,
  hubCase,
  refusal,
  TINY,
  text,
  WEIGHTS,
  WHOLE,
} from './hubCase.ts';

const reference = { id: 'tester/tiny', revision: 'main' };
const weights = 'model.safetensors';

describe('pullModel, where something goes wrong', () => {
  const passing: [string, Fault['kind'][]][] = [
    [
      'connections that break',
      [
        { name: 'cut-off', after: 1000 },
        { name: 'cut-off', after: 100_000 },
      ],
    ],
    ['a connection that breaks before anything comes', [{ name: 'cut-off', after: 0 }]],
    [
      'a hub that is busy',
      [
        { name: 'status', status: 500 },
        { name: 'status', status: 429 },
      ],
    ],
    ['an address of the store that has expired', [{ name: 'status', status: 403 }]],
    ['a store that ignores ranges', [{ name: 'cut-off', after: 100_000 }, { name: 'no-ranges' }]],
    [
      'silence',
      [
        { name: 'stall', after: 100_000 },
        { name: 'stall', after: 0 },
      ],
    ],
    ['a file that ends too early', [{ name: 'wrong-size', fewer: 100 }]],
  ];
  test.each(passing)('gets over %s', async (_, kinds) => {
    const { hub, options } = await hubCase([TINY]);
    for (const kind of kinds) hub.fail({ file: weights, times: 1, kind });

    const { folder } = await pullModel(reference, { ...options, stallTimeout: 200 });

    expect(digestOf(join(folder, weights))).toBe(digest(WEIGHTS));
  });

  test('fetches no byte twice over broken connections', async () => {
    const { hub, options } = await hubCase([TINY]);
    hub.fail({ file: weights, times: 3, kind: { name: 'cut-off', after: 65_536 } });
    await pullModel(reference, options);
    const ranges = hub.requests.filter(({ server }) => server === 'store').map(({ range }) => range);
    const starts = ranges.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
    expect(ranges[0]).toBeUndefined();
    expect(starts).toHaveLength(3);
    starts.forEach((start, k) => {
      expect(start).toBeGreaterThan(starts[k - 1] ?? 0);
      expect(start).toBeLessThanOrEqual(65_536 * (k + 1));
    });
  });

  test('waits for a slow hub as long as something comes', async () => {
    const { hub, options } = await hubCase([TINY]);
    hub.fail({ file: weights, kind: { name: 'slow', piece: 8_000, pause: 30 } });
    const { folder } = await pullModel(reference, { ...options, stallTimeout: 1000 });
    expect(digestOf(join(folder, weights))).toBe(digest(WEIGHTS));
    expect(hub.requests.filter(({ server }) => server === 'store')).toHaveLength(1);
  });

  test('gives up where connections break again and again, and goes on from there the next time', async () => {
    const { hub, cacheFolder, options } = await hubCase([TINY]);
    hub.fail({ file: weights, times: 1, kind: { name: 'cut-off', after: 100_000 } });
    hub.fail({ file: weights, kind: { name: 'cut-off', after: 0 } });

    const error = await refusal(pullModel(reference, options));
    expect(error).toMatchObject({ code: 'download-interrupted', path: ['tester/tiny', weights] });
    expect(error.remedy).toContain('goes on');
    const blobs = join(cacheFolder, 'models--tester--tiny', 'blobs');
    const partial = readFileSync(join(blobs, `${hub.etag('tester/tiny', weights)}.incomplete`));
    expect(partial.length).toBeGreaterThan(0);
    expect(digest(partial)).toBe(digest(WEIGHTS.subarray(0, partial.length)));

    hub.heal();
    hub.requests.length = 0;
    await pullModel(reference, options);
    const ranges = hub.requests.filter(({ server }) => server === 'store').map(({ range }) => range);
    expect(ranges).toEqual([`bytes=${partial.length}-`]);
  });

  const corrupt: [string, Fault['kind']][] = [
    ['another hash', { name: 'wrong-hash' }],
    ['fewer bytes', { name: 'wrong-size', fewer: 100 }],
    ['more bytes', { name: 'wrong-size', fewer: -100 }],
  ];
  test.each(corrupt)('refuses a file of %s, and keeps nothing of it', async (_, kind) => {
    for (const file of [weights, 'tokenizer.json']) {
      const { hub, cacheFolder, options } = await hubCase([
        { ...TINY, revisions: { main: { ...WHOLE, 'tokenizer.json': bytes('vocabulary', 3000) } } },
      ]);
      hub.fail({ file, kind });

      const error = await refusal(pullModel(reference, options));

      expect(error.code).toBe('download-corrupt');
      const kept = Object.keys(filesUnder(cacheFolder)).filter(
        (path) =>
          path.includes(hub.etag('tester/tiny', file)) || path.endsWith(file) || path.endsWith('.incomplete'),
      );
      expect(kept).toEqual([]);
    }
  });

  test('leaves nothing half-written when it is stopped, but what it goes on with', async () => {
    const { hub, cacheFolder, options } = await hubCase([TINY]);
    hub.fail({ file: weights, kind: { name: 'stall', after: 100_000 } });
    const controller = new AbortController();
    const reason = new Error('stopped');
    const onProgress = ({ file, bytes }: { file: string; bytes: number }) => {
      if (file === weights && bytes > 50_000) controller.abort(reason);
    };

    await expect(pullModel(reference, { ...options, signal: controller.signal, onProgress })).rejects.toBe(
      reason,
    );

    const commit = hub.commit('tester/tiny');
    const names = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
    expect(Object.keys(filesUnder(join(cacheFolder, 'models--tester--tiny'))).sort()).toEqual(
      [
        ...names.map((name) => `blobs/${hub.etag('tester/tiny', name)}`),
        ...names.map((name) => `snapshots/${commit}/${name}`),
        `blobs/${hub.etag('tester/tiny', weights)}.incomplete`,
      ].sort(),
    );
  });

  test('asks nothing when it is stopped before it begins', async () => {
    const { hub, options } = await hubCase([TINY]);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(pullModel(reference, { ...options, signal })).rejects.toThrow('stopped');
    expect(hub.requests).toEqual([]);
  });

  test('two pulls at once do each other no harm', async () => {
    const { hub, options } = await hubCase([TINY]);
    hub.fail({ file: weights, kind: { name: 'slow', piece: 20_000, pause: 1 } });
    const pulled = await Promise.all([pullModel(reference, options), pullModel(reference, options)]);
    expect(pulled[0]).toEqual(pulled[1]);
    expect(digestOf(join(pulled[0].folder, weights))).toBe(digest(WEIGHTS));
  });
});

describe('pullModel refuses', () => {
  test('a model that there is not', async () => {
    const { options } = await hubCase([TINY]);
    for (const token of [null, FAKE_TOKEN]) {
      const error = await refusal(
        pullModel(
          { id: 'tester/none', revision: 'main' },
          { ...options, token, bundledNames: ['small-one'] },
        ),
      );
      expect(error).toMatchObject({ code: 'unknown-model', received: 'tester/none' });
      expect(error.remedy).toContain('small-one');
      expect(error.remedy).toContain('folder');
    }
  });

  test('where only the hub is meant, neither bundled models nor folders are spoken of', async () => {
    const { hub, options } = await hubCase([TINY]);
    const error = await refusal(pullModel({ id: 'tester/no.ne', revision: 'main' }, options));
    expect(error.code).toBe('unknown-model');
    expect(error.remedy).toContain(`${hub.url}/models?search=no.ne`);
    expect(`${error.message}${error.remedy}`).not.toMatch(/folder|bundled/);
  });

  test('a private model to those without a token', async () => {
    const { options } = await hubCase([{ ...TINY, access: 'private' }]);
    expect((await refusal(pullModel(reference, options))).code).toBe('unknown-model');
    await pullModel(reference, { ...options, token: FAKE_TOKEN });
  });

  test('a revision that there is not', async () => {
    const { options } = await hubCase([TINY]);
    const missing = { id: 'tester/tiny', revision: 'step7' };
    expect(await refusal(pullModel(missing, options))).toMatchObject({
      code: 'unknown-revision',
      received: 'step7',
    });
    const commit = { id: 'tester/tiny', revision: '0'.repeat(40) };
    expect((await refusal(pullModel(commit, options))).code).toBe('unknown-revision');
  });

  test('a gated model, saying what to do', async () => {
    const { hub, options } = await hubCase([{ ...TINY, access: 'gated' }]);
    const error = await refusal(pullModel(reference, options));
    expect(error.code).toBe('gated-model');
    expect(error.remedy).toContain(`${hub.url}/tester/tiny`);
    expect(error.remedy).toContain('HF_TOKEN');
  });

  test.each(['hf_ofNobody', 'not a token', 'schlüssel'])('the token %s', async (token) => {
    const { options } = await hubCase([TINY]);
    const error = await refusal(pullModel(reference, { ...options, token }));
    expect(error.code).toBe('bad-token');
    expect(JSON.stringify([error.message, error.received, error.remedy])).not.toContain(token);
  });

  const lacking: [string, string, readonly string[]][] = [
    [
      'pytorch-weights-only',
      'only weights of PyTorch',
      ['config.json', 'tokenizer.json', 'pytorch_model.bin'],
    ],
    ['no-weights', 'no weights', ['config.json', 'tokenizer.json']],
    ['no-config', 'no config.json', ['model.safetensors', 'tokenizer.json']],
    ['missing-tokenizer', 'no tokenizer.json', ['model.safetensors', 'config.json', 'vocab.json']],
  ];
  test.each(lacking)('with %s a revision that has %s', async (code, _, names) => {
    const files = Object.fromEntries(names.map((name) => [name, WHOLE[name] ?? text('')]));
    const { hub, cacheFolder, options } = await hubCase([{ ...TINY, revisions: { main: files } }]);
    expect((await refusal(pullModel(reference, options))).code).toBe(code);
    expect(hub.downloads()).toEqual([]);
    expect(existsSync(join(cacheFolder, 'models--tester--tiny'))).toBe(false);
  });

  test('what cannot be reached, and says what can be done', async () => {
    const { hub, cacheFolder, options } = await hubCase([TINY]);
    await hub.close();
    const error = await refusal(
      pullModel(reference, { ...options, bundledNames: ['small-one', 'other-one'] }),
    );
    expect(error).toMatchObject({ code: 'no-network', received: 'ECONNREFUSED' });
    expect(error.message).toContain(hub.url);
    for (const part of [
      'svf model pull tester/tiny',
      'models--tester--tiny',
      cacheFolder,
      'small-one, other-one',
    ]) {
      expect(error.remedy).toContain(part);
    }
  });

  test('what is not in the cache, offline', async () => {
    const { hub, options } = await hubCase([TINY]);
    const error = await refusal(pullModel(reference, { ...options, offline: true }));
    expect(error.code).toBe('no-network');
    expect(hub.requests).toEqual([]);
  });

  test('a hub that is silent, busy or none', async () => {
    const { hub, options } = await hubCase([TINY]);
    const kinds: [Fault['kind'], string][] = [
      [{ name: 'stall', after: 0 }, 'no-network'],
      [{ name: 'status', status: 503 }, 'hub-unavailable'],
      [{ name: 'status', status: 429 }, 'hub-unavailable'],
      [{ name: 'page' }, 'bad-hub-answer'],
    ];
    for (const [kind, code] of kinds) {
      hub.heal();
      hub.fail({ file: /^\/api/, kind });
      const stallTimeout = kind.name === 'stall' ? 100 : 5000;
      expect((await refusal(pullModel(reference, { ...options, stallTimeout }))).code).toBe(code);
    }
    hub.heal();
    hub.fail({ file: /^\/api/, times: 2, kind: { name: 'status', status: 500 } });
    await pullModel(reference, options);
    expect((await refusal(pullModel(reference, { ...options, hubUrl: 'the hub' }))).code).toBe('bad-hub-url');
  });

  test('a model that is larger than the disk', async () => {
    const { hub, cacheFolder, options } = await hubCase([TINY]);
    const enlarged: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/tree/')) return response;
      return new Response((await response.text()).replaceAll(String(WEIGHTS.length), '1000000000000000'));
    };
    const error = await refusal(pullModel(reference, { ...options, fetch: enlarged }));
    expect(error.code).toBe('disk-full');
    expect(error.expected).toMatch(/^1,000,000,000 MB free$/);
    expect(hub.downloads()).toEqual([]);
    expect(readdirSync(join(cacheFolder, 'models--tester--tiny'))).toEqual(['blobs']);
  });

  test('a cache that is a file', async () => {
    const { cacheFolder, options } = await hubCase([TINY]);
    const file = join(cacheFolder, 'file');
    writeFileSync(file, '');
    expect((await refusal(pullModel(reference, { ...options, cacheFolder: file }))).code).toBe(
      'cache-unusable',
    );
  });

  test('a listing that would lead out of the cache', async () => {
    const hub = await startFakeHub([TINY]);
    const { options } = await hubCase([TINY]);
    const forged: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes('/tree/')) return response;
      return new Response(
        (await response.text()).replaceAll(hub.etag('tester/tiny', weights), '../../../out'),
      );
    };
    expect((await refusal(pullModel(reference, { ...options, fetch: forged }))).code).toBe('bad-hub-answer');
    await hub.close();
  });
});
