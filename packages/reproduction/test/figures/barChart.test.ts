import { expect, test } from 'vitest';
import { type BarChartInput, barChart } from '../../src/figures/barChart.ts';
import { countMarks } from '../../src/figures/countMarks.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { errorOf } from './errorOf.ts';

const small: BarChartInput = {
  bars: [2.9, 1.1, 0],
  labels: ['σ₀', 'σ₁', 'σ₁'],
  barName: 'singular value',
  targets: { name: 'target', values: [3, 1] },
  y: { title: 'logits' },
};

test('bars beside the values they should have', async () => {
  const specification = barChart(small);
  expect(specification).toMatchSnapshot();
  expect(countMarks(await renderSvg(specification, 'light'))).toEqual({ rect: 3, symbol: 2 });
});

test('bars alone have no legend', async () => {
  const svg = await renderSvg(barChart({ bars: [1, -2], labels: ['a', 'b'], barName: 'x' }), 'light');
  expect(countMarks(svg)).toEqual({ rect: 2 });
  expect(svg).not.toContain('role-legend');
});

test('refuses what cannot be drawn, with the place of the fault', () => {
  const refused: readonly [Partial<BarChartInput>, string, readonly (string | number)[]][] = [
    [{ bars: [] }, 'empty-data', ['bars']],
    [{ bars: [1, 2, Number.NaN] }, 'non-finite-entry', ['bars', 2]],
    [{ labels: ['a'] }, 'length-mismatch', ['labels']],
    [{ targets: { name: 't', values: [1, 2, 3, 4] } }, 'length-mismatch', ['targets', 'values']],
    [{ targets: { name: 't', values: [] } }, 'empty-data', ['targets', 'values']],
  ];
  for (const [change, code, path] of refused) {
    expect(errorOf(() => barChart({ ...small, ...change }))).toMatchObject({ code, path });
  }
});
