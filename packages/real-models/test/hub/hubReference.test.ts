import { posix } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { parseHubReference } from '../../src/hub/hubReference.ts';

test('an ID stands for its main branch, an ID@REVISION for that', () => {
  expect(parseHubReference('gpt2')).toEqual({ id: 'gpt2', revision: 'main' });
  expect(parseHubReference('EleutherAI/pythia-160m@step1000')).toEqual({
    id: 'EleutherAI/pythia-160m',
    revision: 'step1000',
  });
  expect(parseHubReference('a/b.c_d@refs/pr/1').revision).toBe('refs/pr/1');
});

test.each([
  '',
  '@main',
  'a/b/c',
  'a b',
  '../a',
  'a/..',
  'a--b',
  '.a',
  'a.',
  '-a',
  'a.git',
  'ä',
  `a/${'b'.repeat(95)}`,
])('no ID: %s', (text) => {
  expect(() => parseHubReference(text)).toThrow(expect.objectContaining({ code: 'unknown-model' }));
});

test.each([
  '',
  '..',
  '/main',
  'main/',
  'a//b',
  'a..b',
  '.a',
  'a/.b',
  'a.lock',
  'a b',
  'a:b',
  'a\\b',
  'a~1',
  'a@{1}',
  'a\n',
  'a\nb',
  'a\u0000b',
  'a\u007fb',
])('no revision: %s', (revision) => {
  expect(() => parseHubReference(`gpt2@${revision}`)).toThrow(
    expect.objectContaining({ code: 'unknown-revision' }),
  );
});

property.prop([fc.string({ unit: fc.constantFrom('a', '.', '/', '-', '@', '\\', '~', ' ', '\0', 'é') })])(
  'whatever is accepted stays under the folders that it is joined to',
  (text) => {
    let reference: ReturnType<typeof parseHubReference>;
    try {
      reference = parseHubReference(text);
    } catch (error) {
      expect(error).toMatchObject({ name: 'SvfError' });
      return;
    }
    const { id, revision } = reference;
    expect(posix.join('/cache', id)).toBe(`/cache/${id}`);
    expect(posix.join('/cache/refs', revision)).toBe(`/cache/refs/${revision}`);
    expect(`${id}${revision}`).not.toMatch(/[\\\0~ ]/);
  },
);
