import { SvfError } from '@svf-alignment/core';
import type { Json, JsonObject } from '../lab/result.ts';
import { drawable, drawableDomain, requireLength } from './drawable.ts';
import {
  type LabelledCells,
  labelAxis,
  labelledColumns,
  type PlacedCells,
  placedColumns,
} from './heatmapAxes.ts';

export interface HeatmapInput {
  /** [row][column] */
  readonly values: readonly ArrayLike<number>[];
  readonly rows: LabelledCells;
  readonly columns: LabelledCells | PlacedCells;
  /** `diverging` has its neutral colour at 0. */
  readonly colours: 'sequential' | 'diverging';
  /** The values of the outermost colours; by default the largest size in the data, from 0 or from its negative. */
  readonly domain?: readonly [number, number];
  /** What a colour means, e.g. `|cos|`; null leaves the legend out. */
  readonly legend: string | null;
  /** Prints each value into its cell, with so many decimals; with labelled columns only. */
  readonly decimals?: number;
  readonly title?: string;
  /** Width of the cells together, with placed columns. */
  readonly width?: number;
  /** Side of a cell (its height, with placed columns). */
  readonly cell?: number;
}

const defaults = {
  width: 320,
  largestCell: 28,
  smallestCell: 4,
  placedCell: 16,
  printedCell: 34,
  legendLength: 120,
  shortLegend: 32,
};
/** Above this share of the domain a cell is dark on light, light on dark, and its text is turned over. */
const contrastTurn = 0.55;
const legendTitle = 20;

/**
 * A matrix as coloured cells, the first row on top.
 *
 * @returns a Vega-Lite specification with one datum per row
 * @throws {SvfError} `empty-data`, `non-finite-entry`, `length-mismatch`, `not-increasing`, `empty-domain` or
 *   `unprintable-values`, with the path
 */
export function heatmap(input: HeatmapInput): JsonObject {
  const { rows, columns } = input;
  requireLength(rows.labels.length, input.values.length, ['rows', 'labels']);
  const values = input.values.map((row, index) => drawable(row, ['values', index]));
  const columnCount = drawable(values[0] ?? [], ['values']).length;
  values.forEach((row, index) => {
    requireLength(row.length, columnCount, ['values', index]);
  });

  const placed = 'positions' in columns;
  if (placed && input.decimals !== undefined) throw unprintable();
  const cell = input.cell ?? defaultCell(columnCount, placed, input.decimals !== undefined);
  const width = placed ? (input.width ?? defaults.width) : columnCount * cell;
  const height = values.length * cell;
  const y = { field: 'row', type: 'ordinal', title: rows.title ?? null, axis: labelAxis(rows.labels, 0) };
  const x = placed ? placedColumns(columns, columnCount) : labelledColumns(columns, columnCount, cell);
  const domain =
    input.domain === undefined
      ? defaultDomain(values, input.colours)
      : givenDomain(input.domain, input.colours);

  const cells = {
    mark: { type: 'rect' },
    encoding: {
      ...x.channels,
      y,
      color: {
        field: 'value',
        type: 'quantitative',
        scale: {
          domain: [...domain],
          range: input.colours === 'diverging' ? 'diverging' : 'heatmap',
          clamp: true,
          nice: false,
          ...(input.colours === 'diverging' && { domainMid: 0 }),
        },
        legend:
          input.legend === null
            ? null
            : {
                title: input.legend,
                gradientLength: Math.max(
                  defaults.shortLegend,
                  Math.min(height - legendTitle, defaults.legendLength),
                ),
                tickCount: 3,
              },
      },
    },
  };
  const layers =
    input.decimals === undefined
      ? [cells]
      : [cells, ...printed(input, domain, x.channels, y, input.decimals)];
  return {
    ...(input.title !== undefined && { title: input.title }),
    width,
    height,
    view: { style: 'frame' },
    data: { values: values.map((row, index) => ({ row: index, value: row })) },
    transform: [
      { flatten: ['value'] },
      { window: [{ op: 'row_number', as: 'column' }], groupby: ['row'] },
      ...x.transforms,
    ],
    ...(layers.length === 1 ? cells : { layer: layers }),
  };
}

function printed(
  input: HeatmapInput,
  [low, high]: readonly [number, number],
  columns: JsonObject,
  y: JsonObject,
  decimals: number,
): JsonObject[] {
  const share =
    input.colours === 'diverging'
      ? `abs(datum.value) / ${Math.max(Math.abs(low), Math.abs(high))}`
      : `(datum.value - ${low}) / ${high - low}`;
  const layer = (style: string, comparison: Json): JsonObject => ({
    transform: [{ filter: `${share} ${comparison} ${contrastTurn}` }],
    mark: { type: 'text', style, fontSize: 10 },
    encoding: { ...columns, y, text: { field: 'value', format: `.${decimals}f` } },
  });
  return [layer('on-low', '<='), layer('on-high', '>')];
}

function unprintable(): SvfError {
  return new SvfError('Values are printed into labelled cells only: placed ones may be of any width.', {
    code: 'unprintable-values',
    path: ['decimals'],
    expected: 'no decimals, or columns with labels',
    received: 'decimals, and columns with positions',
  });
}

function defaultCell(columnCount: number, placed: boolean, printedValues: boolean): number {
  if (placed) return defaults.placedCell;
  if (printedValues) return defaults.printedCell;
  const fitting = Math.floor(defaults.width / columnCount);
  return Math.min(defaults.largestCell, Math.max(defaults.smallestCell, fitting));
}

function givenDomain(domain: readonly [number, number], colours: HeatmapInput['colours']): [number, number] {
  const [low, high] = drawableDomain(domain, ['domain']);
  if (colours === 'sequential' || (low < 0 && high > 0)) return [low, high];
  throw new SvfError(`A diverging scale cannot reach from ${low} to ${high}.`, {
    code: 'empty-domain',
    path: ['domain'],
    expected: 'a negative and a positive number: its middle is 0',
    received: `${low}, ${high}`,
  });
}

function defaultDomain(
  values: readonly (readonly number[])[],
  colours: HeatmapInput['colours'],
): readonly [number, number] {
  const largest = Math.max(...values.map((row) => Math.max(...row.map(Math.abs)))) || 1;
  return [colours === 'diverging' ? -largest : 0, largest];
}
