import { SvfError } from '@svf-alignment/core';
import type { Film, FilmMatrix } from './film.ts';
import type { Tensor } from './result.ts';

/** How far, in shares of its domain, a cell may lie outside: cosines are a few roundings beyond 1. */
const SLACK = 1e-9;
const MOST_CURVES = 4;

/**
 * Checks that a film's parts fit together.
 *
 * @throws {SvfError} `film-steps` unless there are two steps or more, ascending; `tensor-shape` for a part of another
 *   size; `out-of-range` for an entry that its scale cannot show, or a marked cell that is not there
 */
export function requireFilm({ steps, matrices, spectrum, curves }: Film): void {
  const frames = steps.length;
  if (frames < 2 || !steps.every((step, t) => Number.isSafeInteger(step) && step > (steps[t - 1] ?? -1))) {
    throw new SvfError('The steps of a film are not ascending, or too few.', {
      code: 'film-steps',
      path: ['steps'],
      expected: 'two or more whole numbers from 0 on, ascending',
      received: steps.join(', '),
    });
  }
  matrices.forEach((matrix, index) => {
    requireMatrix(matrix, frames, ['matrices', index]);
  });
  const bars = spectrum.values.shape[1] ?? 0;
  requireShape(spectrum.values, [frames, Math.max(1, bars)], ['spectrum', 'values']);
  requireEntries(spectrum.values.data, (value) => value >= 0, 'a number from 0 on', ['spectrum', 'values']);
  const targets = spectrum.targets.values;
  requireEntries(targets, (value) => value >= 0, 'a number from 0 on', ['spectrum', 'targets', 'values']);
  if (targets.length > bars) {
    throw new SvfError('A film has more targets than bars.', {
      code: 'tensor-shape',
      path: ['spectrum', 'targets', 'values'],
      expected: `at most ${bars}`,
      received: String(targets.length),
    });
  }
  if (curves.series.length < 1 || curves.series.length > MOST_CURVES) {
    throw new SvfError('A film has no curve, or more than it has colours for.', {
      code: 'out-of-range',
      path: ['curves', 'series'],
      expected: `1 to ${MOST_CURVES} series`,
      received: String(curves.series.length),
    });
  }
  curves.series.forEach(({ values }, index) => {
    const path = ['curves', 'series', index, 'values'];
    requireShape(values, [frames], path);
    requireEntries(values.data, (value) => value > 0, 'a positive number', path);
  });
}

function requireMatrix(matrix: FilmMatrix, frames: number, path: readonly (string | number)[]): void {
  const { rows, columns, domain, marked, values } = matrix;
  const [low, high] = domain;
  const [height, width] = [Math.max(1, rows.labels.length), Math.max(1, columns.labels.length)];
  requireShape(values, [frames, height, width], [...path, 'values']);
  const slack = SLACK * (high - low);
  const within = (value: number) => value >= low - slack && value <= high + slack;
  requireEntries(values.data, within, `a number from ${low} to ${high}`, [...path, 'values']);
  const isCell = ([row, column]: readonly [number, number]) =>
    Number.isInteger(row) &&
    row >= 0 &&
    row < height &&
    Number.isInteger(column) &&
    column >= 0 &&
    column < width;
  const stray = marked.findIndex((cell) => !isCell(cell));
  if (stray >= 0) {
    throw new SvfError('A marked cell of a film lies outside its matrix.', {
      code: 'out-of-range',
      path: [...path, 'marked', stray],
      expected: `a row below ${height} and a column below ${width}`,
      received: String(marked[stray]),
    });
  }
}

function requireShape(
  { shape, data }: Tensor,
  expected: readonly number[],
  path: readonly (string | number)[],
) {
  const size = expected.reduce((product, dimension) => product * dimension, 1);
  if (data.length === size && shape.join() === expected.join()) return;
  throw new SvfError('A part of a film has another size than its steps and labels.', {
    code: 'tensor-shape',
    path,
    expected: `[${expected.join(', ')}]`,
    received: `[${shape.join(', ')}] for ${data.length} values`,
  });
}

function requireEntries(
  values: ArrayLike<number>,
  holds: (value: number) => boolean,
  expected: string,
  path: readonly (string | number)[],
): void {
  const wrong = Array.prototype.findIndex.call(
    values,
    (value: number) => !Number.isFinite(value) || !holds(value),
  );
  if (wrong < 0) return;
  throw new SvfError(`A film cannot show ${values[wrong]} at ${[...path, wrong].join('.')}.`, {
    code: 'out-of-range',
    path: [...path, wrong],
    expected,
    received: String(values[wrong]),
  });
}
