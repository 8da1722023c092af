import { expect, test } from 'vitest';
import { beside, stack } from '../../src/figures/concatenate.ts';
import { countMarks } from '../../src/figures/countMarks.ts';
import { heatmap } from '../../src/figures/heatmap.ts';
import { lineChart } from '../../src/figures/lineChart.ts';
import { renderSvg } from '../../src/figures/renderSvg.ts';

const steps = [0, 50, 100];
const cells = heatmap({
  values: [[0, 0.5, 1]],
  rows: { labels: ['a much longer label'] },
  columns: { positions: steps, axis: 'none' },
  colours: 'sequential',
  legend: '|cos|',
});
const curve = lineChart({
  series: [{ name: 'loss', x: steps, y: [3, 2, 1] }],
  x: { domain: [0, 100] },
  y: {},
});

test('panels stand one above the other, their plots flush left and equally wide', async () => {
  const specification = stack([cells, cells, curve]);
  expect(Object.keys(specification)).toEqual(['vconcat', 'spacing', 'resolve']);
  const svg = await renderSvg(specification, 'light');
  expect(countMarks(svg)).toEqual({ rect: 6, line: 1 });
  const origins = [
    ...svg.matchAll(/class="mark-group role-scope concat_\d+_group".*?translate\(([\d.]+),([\d.]+)\)/gs),
  ];
  expect(origins).toHaveLength(3);
  expect(new Set(origins.map(([, left]) => left)).size).toBe(1);
  const tops = origins.map(([, , top]) => Number(top));
  expect(tops).toEqual([...tops].sort((a, b) => a - b));
});

test('panels side by side keep their own colours', async () => {
  const specification = beside([cells, curve]);
  expect(Object.keys(specification)).toEqual(['hconcat', 'spacing', 'resolve']);
  expect(countMarks(await renderSvg(specification, 'dark'))).toEqual({ rect: 3, line: 1 });
});
