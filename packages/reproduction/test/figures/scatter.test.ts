import { expect, test } from 'vitest';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { type ScatterInput, scatter } from '../../src/figures/scatter.ts';
import { errorOf } from './errorOf.ts';

const small: ScatterInput = {
  groups: [
    { name: 'sum', x: [0.02, 0.5], y: [0.4, 1] },
    { name: 'mean', x: [0.1], y: [0.9] },
  ],
  x: { title: 'probability', scale: 'log' },
  y: { domain: [0, 1] },
  diagonal: [0.1, 0.5],
};

test('points in groups, and the line of agreement', async () => {
  const specification = scatter(small);
  expect(specification).toMatchSnapshot();
  expect(countMarks(await renderSvg(specification, 'light'))).toEqual({ line: 1, symbol: 3 });
});

test('refuses what cannot be drawn, with the place of the fault', () => {
  const refused: readonly [Partial<ScatterInput>, string, readonly (string | number)[]][] = [
    [{ groups: [] }, 'empty-data', ['groups']],
    [{ groups: [{ name: 'a', x: [0], y: [1] }] }, 'non-positive-entry', ['groups', 0, 'x', 0]],
    [{ groups: [{ name: 'a', x: [1], y: [] }] }, 'empty-data', ['groups', 0, 'y']],
    [{ groups: [{ name: 'a', x: [1], y: [1, 2] }] }, 'length-mismatch', ['groups', 0, 'y']],
    [{ diagonal: [0, Number.NaN] }, 'non-finite-entry', ['diagonal', 1]],
    [{ y: { domain: [1, 0] } }, 'empty-domain', ['y', 'domain']],
    [{ x: { scale: 'log', domain: [0, 1] } }, 'non-positive-entry', ['x', 'domain', 0]],
  ];
  for (const [change, code, path] of refused) {
    expect(errorOf(() => scatter({ ...small, ...change }))).toMatchObject({ code, path });
  }
});
