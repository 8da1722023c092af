import { barChart } from '../../src/figures/barChart.ts';
import { beside, stack } from '../../src/figures/concatenate.ts';
import { heatmap } from '../../src/figures/heatmap.ts';
import { lineChart } from '../../src/figures/lineChart.ts';
import { scatter } from '../../src/figures/scatter.ts';
import type { JsonObject } from '../../src/lab/result.ts';

/** Figures of the sizes that the experiments draw, on made-up data of a plausible shape. */

const features = 20;
const dimension = 10;
const vectors = 4;
const snapshots = 100;
const steps = indices(snapshots).map((index) => index * 100);

function indices(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Deterministic stand-in for noise, in −1..1. */
function wobble(index: number): number {
  const wave = Math.sin(index * 12.9898) * 43758.5453;
  return 2 * (wave - Math.floor(wave)) - 1;
}

function subscript(name: string, index: number): string {
  return name + [...String(index)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}

function settling(offset: number): number[][] {
  return indices(vectors).map((vector) =>
    steps.map((step, index) => {
      const centre = offset + 700 * vector;
      const share = 1 / (1 + Math.exp((centre - step) / 220));
      return Math.min(1, Math.abs(share + 0.15 * (1 - share) * wobble(index + 31 * vector)));
    }),
  );
}

function labels(name: string, length: number): string[] {
  return indices(length).map((index) => subscript(name, index));
}

const cosines: JsonObject = heatmap({
  values: indices(features).map((row) =>
    indices(features).map((column) => {
      if (row === column) return 1;
      if (row >= 8 && column >= 8 && Math.floor(row / 2) === Math.floor(column / 2)) return -0.9995;
      return 0.04 * wobble(row * features + column);
    }),
  ),
  rows: { labels: labels('w', features) },
  columns: { labels: labels('w', features) },
  colours: 'diverging',
  domain: [-1, 1],
  legend: 'cosine',
});

const alignment: JsonObject = beside(
  ['u', 'v'].map((side) =>
    heatmap({
      title: side === 'u' ? 'Query side' : 'Key side',
      values: indices(8).map((row) =>
        indices(dimension).map((column) =>
          row === column + (side === 'u' ? 0 : 4) && column < vectors
            ? 0.9998
            : Math.abs(0.03 * wobble(row * dimension + column + (side === 'u' ? 0 : 900))),
        ),
      ),
      rows: { labels: labels('w', 8) },
      columns: { labels: labels(side, dimension) },
      colours: 'sequential',
      domain: [0, 1],
      legend: side === 'v' ? '|cos|' : null,
      decimals: 2,
      cell: 28,
    }),
  ),
);

const dynamics: JsonObject = stack([
  ...[
    { title: 'Singular vector with its final self', name: 'u', offset: 1200, legend: true },
    { title: 'Feature with its final self', name: 'w', offset: 500, legend: false },
    { title: 'Feature with its singular vector', name: 'w', offset: 1500, legend: false },
  ].map(({ title, name, offset, legend }) =>
    heatmap({
      title,
      values: settling(offset),
      rows: { labels: labels(name, vectors) },
      columns: { positions: steps, axis: 'none' },
      colours: 'sequential',
      domain: [0, 1],
      legend: legend ? '|cos|' : null,
      width: 420,
    }),
  ),
  lineChart({
    title: 'Attention loss',
    series: [
      {
        name: 'KL',
        x: steps,
        y: steps.map((step, index) => 0.9 * Math.exp(-step / 1300) + 2e-5 * (2 + wobble(index))),
      },
    ],
    x: { title: 'training step', domain: [0, 9900] },
    y: { title: 'KL divergence', scale: 'log' },
    width: 420,
    height: 120,
  }),
]);

const spectrum: JsonObject = barChart({
  bars: [23.91, 20.92, 17.96, 14.97, 0.021, 0.017, 0.012, 0.008, 0.004, 0.001],
  labels: labels('σ', dimension),
  barName: 'measured singular value',
  targets: { name: 'target', values: [24, 21, 18, 15] },
  x: { title: 'singular value' },
  y: { title: 'logits' },
});

const seeds: JsonObject = lineChart({
  series: indices(3).map((pair) => {
    const y = settling(900)[pair] ?? [];
    const spread = y.map((value) => 0.25 * value * (1 - value) + 0.01);
    return {
      name: `pair ${pair}`,
      x: steps,
      y,
      band: {
        low: y.map((value, index) => value - (spread[index] ?? 0)),
        high: y.map((value, index) => value + (spread[index] ?? 0)),
      },
    };
  }),
  x: { title: 'training step' },
  y: { title: '|cos|, mean ± sd of 5 seeds', domain: [0, 1.1] },
});

const robustness: JsonObject = scatter({
  groups: [
    {
      name: 'mean over features',
      x: [0.02, 0.038, 0.074, 0.141, 0.271, 0.521],
      y: [0.93, 0.9986, 0.9991, 1, 1, 1],
    },
    {
      name: 'sum over features',
      x: [0.02, 0.038, 0.074, 0.141, 0.271, 0.521],
      y: [0.48, 0.24, 0.26, 0.75, 0.74, 1],
    },
  ],
  x: { title: 'feature probability', scale: 'log' },
  y: { title: 'mean |cos|', domain: [0, 1.05] },
});

export const sampleFigures = { cosines, alignment, dynamics, spectrum, seeds, robustness } as const;
