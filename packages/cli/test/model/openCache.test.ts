import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { openCache } from '../../src/model/openCache.ts';
import { temporaryFolder } from '../svf.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('makes the folder that XDG_CACHE_HOME stands for', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', folder);
  const onWarning = vi.fn();
  expect(await openCache(onWarning)).toBeDefined();
  expect(readdirSync(folder)).toEqual(['svf-alignment']);
  expect(onWarning).not.toHaveBeenCalled();
});

it('does without where that cannot be made, and says so', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  vi.stubEnv('XDG_CACHE_HOME', file);
  const onWarning = vi.fn();
  expect(await openCache(onWarning)).toBeUndefined();
  expect(onWarning).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^Nothing is kept between runs\. .*ENOTDIR.* XDG_CACHE_HOME/),
  );
});
