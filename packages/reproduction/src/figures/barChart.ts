import type { JsonObject } from '../lab/result.ts';
import { drawable, requireLength } from './drawable.ts';

export interface BarChartInput {
  readonly bars: ArrayLike<number>;
  /** One per bar; labels may repeat. */
  readonly labels: readonly string[];
  /** What a bar is, for the legend, e.g. `singular value`. */
  readonly barName: string;
  /** Values to compare with, for the first bars: a spectrum has more entries than targets. */
  readonly targets?: { readonly name: string; readonly values: ArrayLike<number> };
  readonly x?: { readonly title?: string };
  readonly y?: { readonly title?: string };
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

const defaults = { width: 320, height: 200 };

/**
 * Bars from zero, and beside them the values they should have, as rings.
 *
 * @returns a Vega-Lite specification
 * @throws {SvfError} `empty-data`, `non-finite-entry` or `length-mismatch`, with the path
 */
export function barChart(input: BarChartInput): JsonObject {
  const bars = drawable(input.bars, ['bars']);
  requireLength(input.labels.length, bars.length, ['labels']);
  const targets = input.targets && drawable(input.targets.values, ['targets', 'values']);
  if (targets !== undefined && targets.length > bars.length) {
    requireLength(targets.length, bars.length, ['targets', 'values']);
  }

  const x = {
    field: 'bar',
    type: 'ordinal',
    title: input.x?.title ?? null,
    scale: { domain: bars.map((_, index) => index), paddingInner: 0.25, paddingOuter: 0.2 },
    axis: {
      ticks: false,
      labelAngle: 0,
      labelOverlap: true,
      labelExpr: `${JSON.stringify(input.labels)}[datum.value]`,
    },
  };
  const y = {
    field: 'value',
    type: 'quantitative',
    title: input.y?.title ?? null,
    scale: { nice: 5 },
    axis: { tickCount: 5 },
  };
  const indexed = (values: readonly number[]): JsonObject[] =>
    values.map((value, index) => ({ bar: index, value }));
  const names = [input.barName, ...(input.targets === undefined ? [] : [input.targets.name])];
  const color = (name: string): JsonObject => ({
    datum: name,
    type: 'nominal',
    scale: { domain: names },
    legend: names.length < 2 ? null : { title: null, orient: 'top', symbolType: 'circle' },
  });
  const barLayer = {
    data: { values: indexed(bars) },
    mark: { type: 'bar' },
    encoding: { x, y, color: color(input.barName) },
  };
  const targetLayer = (values: readonly number[], name: string): JsonObject => ({
    data: { values: indexed(values) },
    mark: { type: 'point', filled: false, size: 90, strokeWidth: 2.5, opacity: 1 },
    encoding: { x, y, color: color(name) },
  });
  return {
    ...(input.title !== undefined && { title: input.title }),
    width: input.width ?? defaults.width,
    height: input.height ?? defaults.height,
    layer:
      targets === undefined || input.targets === undefined
        ? [barLayer]
        : [barLayer, targetLayer(targets, input.targets.name)],
  };
}
