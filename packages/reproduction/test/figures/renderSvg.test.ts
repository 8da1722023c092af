import { SvfError } from '@svf-alignment/core';
import { describe, expect, test } from 'vitest';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import type { JsonObject } from '../../src/lab/result.ts';
import { sampleFigures } from './sampleFigures.ts';

const points: JsonObject = {
  data: { values: [{ x: 1 }, { x: 2 }] },
  mark: 'point',
  encoding: { x: { field: 'x', type: 'quantitative' } },
};

test.each(Object.entries(sampleFigures))(
  '%s is drawn alike twice, and differently in the two themes',
  async (_, specification) => {
    const light = await renderSvg(specification, 'light');
    const dark = await renderSvg(specification, 'dark');
    expect((await renderSvg(specification, 'light')) === light).toBe(true);
    expect(dark === light).toBe(false);
    expect(light).toMatch(/^<svg [^>]*viewBox=/);
    expect(/NaN|undefined|Infinity/.exec(light)?.[0]).toBeUndefined();
  },
);

describe('refuses', () => {
  const refused: readonly [string, JsonObject, string, RegExp][] = [
    ['an empty data set', { ...points, data: { values: [] } }, 'invalid-figure', /extent/i],
    [
      'data outside the plot',
      { ...points, transform: [{ filter: 'false' }], encoding: {} },
      'empty-figure',
      /no mark/,
    ],
    ['a file', { ...points, data: { url: '/etc/hostname' } }, 'invalid-figure', /inline data/],
    [
      'an address',
      { ...points, data: { url: 'https://example.org/a.json' } },
      'invalid-figure',
      /inline data/,
    ],
    ['a mark that does not exist', { ...points, mark: 'blob' }, 'invalid-figure', /./],
    ['something else altogether', {}, 'invalid-figure', /spec/i],
    ['a faulty expression', { ...points, transform: [{ calculate: '1 +', as: 'y' }] }, 'invalid-figure', /./],
  ];
  test.each(refused)('%s', async (_, specification, code, message) => {
    const error = await renderSvg(specification, 'light').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SvfError);
    expect(error).toMatchObject({ code, path: ['specification'], message: expect.stringMatching(message) });
  });
});

test('text in the data is escaped', async () => {
  const svg = await renderSvg(
    {
      data: { values: [{ label: '</text><script>alert(1)</script>' }] },
      mark: 'text',
      encoding: { text: { field: 'label' } },
    },
    'light',
  );
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script');
});
