import { expect, test } from 'vitest';
import { renderPng } from '../../src/figures/renderPng.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { sampleFigures } from './sampleFigures.ts';

function size(png: Uint8Array): [number, number] {
  const header = new DataView(png.buffer, png.byteOffset);
  return [header.getUint32(16), header.getUint32(20)];
}

test('has the size of the figure times the scale, and the signature of a PNG file', async () => {
  const svg = await renderSvg(sampleFigures.spectrum, 'light');
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const png = await renderPng(sampleFigures.spectrum, { scale: 2 });
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  expect(size(png)).toEqual([2 * Number(width), 2 * Number(height)]);
});

test('draws text, in the bundled font', async () => {
  const word = (text: string) => ({
    data: { values: [{}] },
    mark: { type: 'text', text },
    width: 60,
    height: 20,
  });
  const [blank, subscript, letter] = await Promise.all([' ', 'σ₁', 'w'].map((text) => renderPng(word(text))));
  expect(subscript?.length).toBeGreaterThan(blank?.length ?? 0);
  expect(letter).not.toEqual(subscript);
});

test.each([0, -1, 9, Number.NaN])('refuses the scale %s', async (scale) => {
  await expect(renderPng(sampleFigures.spectrum, { scale })).rejects.toMatchObject({ code: 'out-of-range' });
});
