import { SvfError } from '@svf-alignment/core';
import type { JsonObject } from '../lab/result.ts';
import { drawableDomain } from './drawable.ts';

/** An axis of numbers. */
export interface Axis {
  readonly title?: string;
  /** `log` takes positive numbers only. */
  readonly scale?: 'linear' | 'log';
  /** From and to; without it, from the smallest to the largest number, on a linear axis rounded outwards. */
  readonly domain?: readonly [number, number];
  /** `none` leaves out labels, ticks and title: for panels above one that has them. */
  readonly labels?: 'all' | 'none';
}

const ticks = 5;
/** On a logarithmic axis only the powers of ten have a grid line and a tick. */
const powersOfTen = {
  condition: { test: 'abs(log(datum.value) / LN10 - round(log(datum.value) / LN10)) < 1e-6', value: 1 },
  value: 0,
};

interface AxisStyle {
  readonly grid: boolean;
  /** Pixels between the outermost numbers and the ends of an axis without a domain; without it the ends are round. */
  readonly padding?: number;
}

/** The part of a Vega-Lite position channel that describes the axis and its scale. */
export function axisChannel(axis: Axis, { grid, padding }: AxisStyle): JsonObject {
  const { domain } = axis;
  const scale: JsonObject = {
    ...(axis.scale === 'log' ? { type: 'log' } : { zero: false }),
    ...(domain === undefined ? openEnds(axis, padding) : { domain: [...domain], nice: false }),
  };
  const hidden = axis.labels === 'none';
  return {
    type: 'quantitative',
    title: hidden ? null : (axis.title ?? null),
    scale,
    axis: {
      grid,
      tickCount: ticks,
      ...(axis.scale === 'log' && { gridOpacity: powersOfTen, tickOpacity: powersOfTen }),
      ...(hidden && { labels: false, ticks: false }),
    },
  };
}

function openEnds(axis: Axis, padding: number | undefined): JsonObject {
  if (padding !== undefined) return { padding, nice: false };
  return { nice: axis.scale === 'log' ? false : ticks };
}

/**
 * Checks the axis itself.
 *
 * @throws {SvfError} `non-finite-entry`, `empty-domain` or `non-positive-entry` for its domain
 */
export function requireAxis(axis: Axis, path: string): void {
  if (axis.domain === undefined) return;
  requireOnAxis(axis, drawableDomain(axis.domain, [path, 'domain']), [path, 'domain']);
}

/**
 * @throws {SvfError} `non-positive-entry` where an axis is logarithmic and a number on it is not positive
 */
export function requireOnAxis(
  axis: Axis,
  numbers: readonly number[],
  path: readonly (string | number)[],
): void {
  if (axis.scale !== 'log') return;
  const index = numbers.findIndex((number) => number <= 0);
  if (index < 0) return;
  throw new SvfError(`A logarithmic axis cannot show ${numbers[index]} at ${[...path, index].join('.')}.`, {
    code: 'non-positive-entry',
    path: [...path, index],
    expected: 'a positive number',
    received: String(numbers[index]),
    remedy: 'Use a linear axis, or leave this point out.',
  });
}
