import { expect, test } from 'vitest';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { sampleFigures } from './sampleFigures.ts';

test('counts what the data drew, not axes, legends or titles', async () => {
  const counts = await Promise.all(
    Object.entries(sampleFigures).map(async ([name, specification]) => [
      name,
      countMarks(await renderSvg(specification, 'light')),
    ]),
  );
  expect(Object.fromEntries(counts)).toEqual({
    cosines: { rect: 400 },
    alignment: { rect: 160, text: 160 },
    dynamics: { rect: 1200, line: 1 },
    spectrum: { rect: 10, symbol: 4 },
    seeds: { area: 3, line: 3 },
    robustness: { symbol: 12 },
  });
});

test('a shape without an outline is not a mark', () => {
  const group = (content: string) => `<svg><g class="mark-line role-mark marks">${content}</g></svg>`;
  expect(countMarks(group('<path d="" stroke="red"/>'))).toEqual({});
  expect(countMarks(group('<path d="M0,0L1,1"/><path d="" stroke="red"/>'))).toEqual({ line: 1 });
  expect(
    countMarks(`<svg><g class="mark-text role-mark marks"/>${group('<path d="M0,0L1,1"/>')}</svg>`),
  ).toEqual({ line: 1 });
  expect(countMarks('<svg><g class="mark-rule role-axis-grid"><path d="M0,0L1,1"/></g></svg>')).toEqual({});
});
