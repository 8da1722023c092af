import type { JsonObject } from '../lab/result.ts';
import { type Axis, axisChannel, requireAxis, requireOnAxis } from './axis.ts';
import { drawable, requireDistinct, requireLength } from './drawable.ts';

export interface PointGroup {
  /** Unique in the chart; named in the legend. */
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface ScatterInput {
  readonly groups: readonly PointGroup[];
  readonly x: Axis;
  readonly y: Axis;
  /** Draws the line y = x between these two values, to judge agreement by. */
  readonly diagonal?: readonly [number, number];
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

const defaults = { width: 320, height: 240 };
/** Keeps the outermost points off the axes. */
const padding = 10;

/**
 * Points in groups, told apart by colour and shape; a legend from two groups on.
 *
 * @returns a Vega-Lite specification with one datum per group
 * @throws {SvfError} `empty-data`, `non-finite-entry`, `non-positive-entry`, `length-mismatch`, `repeated-name` or
 *   `empty-domain`, with the path
 */
export function scatter(input: ScatterInput): JsonObject {
  drawable([input.groups.length].filter(Boolean), ['groups']);
  requireDistinct(input.groups, 'groups');
  requireAxis(input.x, 'x');
  requireAxis(input.y, 'y');
  const names = input.groups.map(({ name }) => name);
  const points = input.groups.map((group, index) => {
    const path = ['groups', index];
    const x = drawable(group.x, [...path, 'x']);
    const y = drawable(group.y, [...path, 'y']);
    requireLength(y.length, x.length, [...path, 'y']);
    requireOnAxis(input.x, x, [...path, 'x']);
    requireOnAxis(input.y, y, [...path, 'y']);
    return { name: group.name, x, y };
  });
  const x = { field: 'x', ...axisChannel(input.x, { grid: true, padding }) };
  const y = { field: 'y', ...axisChannel(input.y, { grid: true, padding }) };
  const byGroup = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names },
    legend: names.length < 2 ? null : { title: null, orient: 'top' },
  };
  const pointLayer = {
    data: { values: points },
    transform: [{ flatten: ['x', 'y'] }],
    mark: { type: 'point', filled: true, size: 45, opacity: 0.8 },
    encoding: { x, y, color: byGroup, shape: byGroup },
  };
  const diagonalLayer = (ends: readonly number[]): JsonObject => ({
    data: { values: ends.map((end) => ({ x: end, y: end })) },
    mark: { type: 'line', style: 'reference' },
    encoding: { x, y },
  });
  return {
    ...(input.title !== undefined && { title: input.title }),
    width: input.width ?? defaults.width,
    height: input.height ?? defaults.height,
    layer:
      input.diagonal === undefined
        ? [pointLayer]
        : [diagonalLayer(drawable(input.diagonal, ['diagonal'])), pointLayer],
  };
}
