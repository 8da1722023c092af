import type { JsonObject } from '../lab/result.ts';
import { type Axis, axisChannel, requireAxis, requireOnAxis } from './axis.ts';
import { drawable, requireDistinct, requireLength } from './drawable.ts';

export interface Series {
  /** Unique in the chart; named in the legend. */
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** `points`: dots without a line, e.g. measurements beside a bound. Default `line`. */
  readonly as?: 'line' | 'points';
  /** Lower and upper edge of a band around the line, e.g. mean ± standard deviation over seeds. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

export interface LineChartInput {
  readonly series: readonly Series[];
  readonly x: Axis;
  readonly y: Axis;
  /** Marks each point, for curves of few points. */
  readonly points?: boolean;
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

const defaults = { width: 320, height: 200 };

/**
 * Curves over a common axis, with a band where one is given; a legend from two series on.
 *
 * @returns a Vega-Lite specification with one datum per series
 * @throws {SvfError} `empty-data`, `non-finite-entry`, `non-positive-entry`, `length-mismatch`, `repeated-name` or
 *   `empty-domain`, with the path
 */
export function lineChart(input: LineChartInput): JsonObject {
  drawable([input.series.length].filter(Boolean), ['series']);
  requireDistinct(input.series, 'series');
  requireAxis(input.x, 'x');
  requireAxis(input.y, 'y');
  const names = input.series.map(({ name }) => name);
  const curves = input.series.map((series, index) => {
    const path = ['series', index];
    const x = onAxis(input.x, series.x, series.x.length, [...path, 'x']);
    const y = onAxis(input.y, series.y, x.length, [...path, 'y']);
    return { name: series.name, x, y };
  });
  const isDots = (_: unknown, index: number) => input.series[index]?.as === 'points';
  const bands = input.series.flatMap(({ name, band, x }, index) => {
    if (band === undefined) return [];
    const path = ['series', index, 'band'];
    const low = onAxis(input.y, band.low, x.length, [...path, 'low']);
    const high = onAxis(input.y, band.high, x.length, [...path, 'high']);
    return [{ name, x: drawable(x, [...path, 'x']), low, high }];
  });

  const x = { field: 'x', ...axisChannel(input.x, { grid: false }) };
  const y = axisChannel(input.y, { grid: true });
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names },
    legend: names.length < 2 ? null : { title: null, orient: 'top', symbolType: 'stroke' },
  };
  const bandLayer = {
    data: { values: bands },
    transform: [{ flatten: ['x', 'low', 'high'] }],
    mark: { type: 'area', opacity: 0.2 },
    encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, color },
  };
  const curveLayer = {
    data: { values: curves.filter((curve, index) => !isDots(curve, index)) },
    transform: [{ flatten: ['x', 'y'] }],
    mark: { type: 'line', strokeWidth: 2, ...(input.points && { point: { size: 30 } }) },
    encoding: { x, y: { field: 'y', ...y }, color },
  };
  const dots = curves.filter(isDots);
  const dotLayer = {
    data: { values: dots },
    transform: [{ flatten: ['x', 'y'] }],
    mark: { type: 'circle', size: 30, opacity: 1 },
    encoding: { x, y: { field: 'y', ...y }, color },
  };
  return {
    ...(input.title !== undefined && { title: input.title }),
    width: input.width ?? defaults.width,
    height: input.height ?? defaults.height,
    layer: [...(bands.length > 0 ? [bandLayer] : []), curveLayer, ...(dots.length > 0 ? [dotLayer] : [])],
  };
}

function onAxis(
  axis: Axis,
  numbers: ArrayLike<number>,
  length: number,
  path: readonly (string | number)[],
): number[] {
  const drawn = drawable(numbers, path);
  requireLength(drawn.length, length, path);
  requireOnAxis(axis, drawn, path);
  return drawn;
}
