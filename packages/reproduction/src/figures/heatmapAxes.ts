import { SvfError } from '@svf-alignment/core';
import type { JsonObject } from '../lab/result.ts';
import { drawable, requireLength } from './drawable.ts';

/** One label per row or column; labels may repeat. */
export interface LabelledCells {
  readonly title?: string;
  readonly labels: readonly string[];
}

/** One number per column, increasing, e.g. training steps; a cell reaches halfway to its neighbours. */
export interface PlacedCells {
  readonly title?: string;
  readonly positions: ArrayLike<number>;
  /** `none` leaves out labels, ticks and title: for panels above one that has them. */
  readonly axis?: 'all' | 'none';
}

const labelWidth = 7;

/** The horizontal channels of a cell, and the transforms that give their fields from the number of its column. */
export interface ColumnChannels {
  readonly channels: JsonObject;
  readonly transforms: readonly JsonObject[];
}

/** Columns of one width, in order. */
export function labelledColumns(columns: LabelledCells, columnCount: number, cell: number): ColumnChannels {
  requireLength(columns.labels.length, columnCount, ['columns', 'labels']);
  const longest = Math.max(...columns.labels.map((label) => [...label].length));
  const angle = longest * labelWidth <= cell ? 0 : -90;
  const axis = labelAxis(columns.labels, angle);
  return {
    channels: { x: { field: 'column', type: 'ordinal', title: columns.title ?? null, axis } },
    transforms: [{ calculate: 'datum.column - 1', as: 'column' }],
  };
}

/** Columns along an axis of numbers. */
export function placedColumns(columns: PlacedCells, columnCount: number): ColumnChannels {
  const positions = drawable(columns.positions, ['columns', 'positions']);
  requireLength(positions.length, columnCount, ['columns', 'positions']);
  const edges = cellEdges(positions);
  const domain = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const hidden = columns.axis === 'none';
  const lookup = positions.map((_, index) => ({
    column: index + 1,
    from: edges[index] ?? 0,
    to: edges[index + 1] ?? 0,
  }));
  return {
    channels: {
      x: {
        field: 'from',
        type: 'quantitative',
        title: hidden ? null : (columns.title ?? null),
        scale: { domain, nice: false },
        axis: { domain: false, grid: false, tickCount: 5, ...(hidden && { labels: false, ticks: false }) },
      },
      x2: { field: 'to' },
    },
    transforms: [
      { lookup: 'column', from: { data: { values: lookup }, key: 'column', fields: ['from', 'to'] } },
    ],
  };
}

/** The outermost cells end at their positions, so that the axis is that of a line chart of the same steps. */
function cellEdges(positions: readonly number[]): number[] {
  const first = positions[0] ?? 0;
  if (positions.length === 1) return [first - 0.5, first + 0.5];
  const between = positions.slice(1).map((position, index) => {
    const previous = positions[index] ?? 0;
    if (position > previous) return (previous + position) / 2;
    throw new SvfError('The columns of a heat map do not increase.', {
      code: 'not-increasing',
      path: ['columns', 'positions', index + 1],
      expected: `a number above ${previous}`,
      received: String(position),
    });
  });
  return [first, ...between, positions.at(-1) ?? first];
}

/** Cells are placed by index and labelled by expression, so that equal labels do not merge. */
export function labelAxis(labels: readonly string[], labelAngle: number): JsonObject {
  return {
    domain: false,
    ticks: false,
    labelAngle,
    labelOverlap: true,
    labelExpr: `${JSON.stringify(labels)}[datum.value]`,
  };
}
