import { expect, test } from 'vitest';
import { renderSvg } from '../../../src/figures/renderSvg.ts';
import { inlineSvg, svgWidth } from '../../../src/figures/report/inlineSvg.ts';
import { sampleFigures } from '../sampleFigures.ts';

test('prefixes ids and the references to them, and leaves text alone', () => {
  const svg =
    '<svg><defs><clipPath id="clip0"/></defs><g clip-path="url(#clip0)" fill="url(#a)"><use href="#a"/><text>say id="x" url(#y)</text></g></svg>';
  expect(inlineSvg(svg, 'fig').text).toBe(
    '<svg><defs><clipPath id="fig-clip0"/></defs><g clip-path="url(#fig-clip0)" fill="url(#fig-a)"><use href="#fig-a"/><text>say id="x" url(#y)</text></g></svg>',
  );
});

test('every reference in a drawn figure still has its target', async () => {
  const { text } = inlineSvg(await renderSvg(sampleFigures.dynamics, 'light'), 'fig');
  const ids = new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  const references = [...text.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
  expect(references.length).toBeGreaterThan(0);
  expect(references.every((id) => ids.has(id) && id?.startsWith('fig-'))).toBe(true);
});

test('reads the width of a figure', async () => {
  expect(svgWidth('<svg xmlns="x" width="436" height="1"/>')).toBe(436);
  expect(svgWidth('<svg/>')).toBe(0);
});
