import { expect, test } from 'vitest';
import { countMarks } from '../../src/figures/countMarks.ts';
import { type LineChartInput, lineChart } from '../../src/figures/lineChart.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';
import { errorOf } from './errorOf.ts';

const small: LineChartInput = {
  series: [
    {
      name: 'a',
      x: [1, 10, 100],
      y: [1, 0.1, 0.01],
      band: { low: [0.9, 0.09, 0.009], high: [1.1, 0.11, 0.011] },
    },
    { name: 'b', x: Float64Array.of(1, 100), y: Float64Array.of(0.5, 0.25) },
  ],
  x: { title: 'step', scale: 'log' },
  y: { title: 'loss', scale: 'log', domain: [0.001, 10] },
};

test('curves, one with a band, on logarithmic axes', async () => {
  const specification = lineChart(small);
  expect(specification).toMatchSnapshot();
  expect(countMarks(await renderSvg(specification, 'light'))).toEqual({ area: 1, line: 2 });
});

test('one curve has no legend; its points can be marked', async () => {
  const specification = lineChart({
    series: [{ name: 'a', x: [0, 1, 2], y: [0, -1, 2] }],
    x: { labels: 'none' },
    y: {},
    points: true,
  });
  expect(specification).toMatchSnapshot();
  const svg = await renderSvg(specification, 'light');
  expect(countMarks(svg)).toEqual({ line: 1, symbol: 3 });
  expect(svg).not.toContain('role-legend');
});

test('measurements as dots beside a curve, in one legend', async () => {
  const specification = lineChart({
    series: [
      { name: 'bound', x: [0, 1], y: [0, 1] },
      { name: 'measured', x: [0.2, 0.4, 0.9], y: [0.1, 0.3, 0.8], as: 'points' },
    ],
    x: {},
    y: {},
  });
  const svg = await renderSvg(specification, 'light');
  expect(countMarks(svg)).toEqual({ line: 1, symbol: 3 });
  for (const name of ['bound', 'measured']) expect(svg).toContain(`>${name}</text>`);
});

test('refuses what cannot be drawn, with the place of the fault', () => {
  const [first, second] = small.series;
  const refused: readonly [LineChartInput['series'], string, readonly (string | number)[]][] = [
    [[], 'empty-data', ['series']],
    [[{ name: 'a', x: [], y: [] }], 'empty-data', ['series', 0, 'x']],
    [[{ name: 'a', x: [1], y: [1, 2] }], 'length-mismatch', ['series', 0, 'y']],
    [[{ name: 'a', x: [1], y: [Number.POSITIVE_INFINITY] }], 'non-finite-entry', ['series', 0, 'y', 0]],
    [[{ name: 'a', x: [1], y: [0] }], 'non-positive-entry', ['series', 0, 'y', 0]],
    [
      [{ name: 'a', x: [1], y: [1], band: { low: [1], high: [1, 2] } }],
      'length-mismatch',
      ['series', 0, 'band', 'high'],
    ],
    [
      [first, { ...second, name: 'a' }].filter((s) => s !== undefined) as LineChartInput['series'],
      'repeated-name',
      ['series', 1, 'name'],
    ],
  ];
  for (const [series, code, path] of refused) {
    expect(errorOf(() => lineChart({ ...small, series }))).toMatchObject({ code, path });
  }
});
