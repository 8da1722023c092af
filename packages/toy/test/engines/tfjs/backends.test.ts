import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { restoreNullCheck } from '../../../src/engines/tfjs/backends/restoreNullCheck.ts';
import { importPeer } from '../../../src/engines/tfjs/importPeer.ts';
import { probeBackend, type TfjsBackend, tfjsBackends, tfjsEngine } from '../../../src/engines/tfjs/index.ts';
import { initialState } from '../../../src/training/initialState.ts';

async function refusal(promise: Promise<unknown>): Promise<SvfError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SvfError)) throw new Error(`expected an SvfError, got ${error}`);
  return error;
}

function open(backend: TfjsBackend) {
  const config = parseToyConfig({});
  return tfjsEngine(backend).open(config, initialState(config));
}

describe('tfjs backends', () => {
  test('an engine is named after its backend', () => {
    expect(tfjsBackends.map((backend) => tfjsEngine(backend).name)).toEqual([
      'tfjs:node-gpu',
      'tfjs:webgpu',
      'tfjs:node',
      'tfjs:wasm',
      'tfjs:cpu',
    ]);
  });

  test.each([
    ['cpu', 'plain JavaScript'],
    ['wasm', 'WebAssembly'],
  ] as const)('%s works wherever it is installed', async (backend, device) => {
    expect(await probeBackend(backend)).toEqual({
      ok: true,
      detail: `tfjs 4.22.0, ${device}`,
      remedy: null,
    });
  });

  test('node-gpu without its native part is refused with the command that fetches it', async () => {
    const probe = await probeBackend('node-gpu');
    // On a machine where that command has been run there is nothing to refuse.
    if (probe.ok || probe.detail.includes('CUDA')) return;
    const error = await refusal(open('node-gpu'));
    expect(error.code).toBe('backend-unavailable');
    expect(error.message).toMatch(/^The tfjs backend `node-gpu` cannot be used: .*native part/);
    const folder = /^Run `npm --prefix (\S+) run install`\.$/.exec(error.remedy ?? '')?.[1] ?? 'none';
    const { name } = createRequire(import.meta.url)(join(resolve(folder), 'package.json'));
    expect(name).toBe('@tensorflow/tfjs-node-gpu');
    expect(folder).not.toContain('.pnpm');
    expect(probe).toEqual({ ok: false, detail: error.received, remedy: error.remedy });
  });

  test('node is refused with the command that installs it', async () => {
    const error = await refusal(open('node'));
    expect(error.code).toBe('backend-unavailable');
    expect(error.remedy).toBe('Run `npm install @tensorflow/tfjs @tensorflow/tfjs-node`.');
  });

  test('a missing package is told by name, an error within a package passes through', async () => {
    const error = await refusal(importPeer('webgpu', '@tensorflow/no-such-package'));
    expect(error.received).toBe('the package @tensorflow/no-such-package is not installed');
    expect(error.remedy).toBe('Run `npm install @tensorflow/tfjs @tensorflow/tfjs-backend-webgpu webgpu`.');
    await expect(importPeer('node', 'data:text/javascript,throw new TypeError("within")')).rejects.toThrow(
      new TypeError('within'),
    );
  });

  test('util.isNullOrUndefined is put back where Node has removed it, and left alone where not', () => {
    const util: Record<string, unknown> = createRequire(import.meta.url)('node:util');
    const before = util.isNullOrUndefined;
    try {
      delete util.isNullOrUndefined;
      restoreNullCheck();
      const restored = util.isNullOrUndefined;
      if (typeof restored !== 'function') throw new Error('not restored');
      expect([null, undefined, 0, ''].map((value) => restored(value))).toEqual([true, true, false, false]);
      restoreNullCheck();
      expect(util.isNullOrUndefined).toBe(restored);
    } finally {
      if (before === undefined) delete util.isNullOrUndefined;
      else util.isNullOrUndefined = before;
    }
  });
});
