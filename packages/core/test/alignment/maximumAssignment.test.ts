import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { maximumAssignment } from '../../src/alignment/maximumAssignment.ts';
import { caught } from '../caught.ts';

/** The largest sum over all injective assignments of rows to columns, by trying every one. */
function bestByTrying(values: Matrix, row = 0, taken = new Set<number>()): number {
  if (row === values.rows) return 0;
  let best = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < values.columns; j += 1) {
    if (taken.has(j)) continue;
    taken.add(j);
    best = Math.max(best, values.get(row, j) + bestByTrying(values, row + 1, taken));
    taken.delete(j);
  }
  return best;
}

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
  .chain(([rows, extra]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -1, max: 1, noNaN: true })), {
        minLength: rows + extra,
        maxLength: rows + extra,
      }),
      { minLength: rows, maxLength: rows },
    ),
  )
  .map((rows) => new Matrix(rows));

describe('maximumAssignment', () => {
  it('is injective and reaches the maximum found by trying all', () => {
    fc.assert(
      fc.property(matrices, (values) => {
        const columnOf = maximumAssignment(values);
        expect(new Set(columnOf).size).toBe(values.rows);
        const sum = columnOf.reduce((total, column, row) => total + values.get(row, column), 0);
        expect(sum).toBeCloseTo(bestByTrying(values), 12);
      }),
      { numRuns: 300 },
    );
  });

  it('finds a hidden permutation among 60 rows', () => {
    const values = Matrix.zeros(60, 60);
    for (let i = 0; i < 60; i += 1) values.set(i, (i * 7 + 3) % 60, 1);
    expect(Array.from(maximumAssignment(values))).toEqual(
      Array.from({ length: 60 }, (_, i) => (i * 7 + 3) % 60),
    );
  });

  it('ends for entries near the end of the range', () => {
    const huge = Number.MAX_VALUE;
    const values = new Matrix([
      [huge, -huge],
      [huge, huge],
    ]);
    expect(Array.from(maximumAssignment(values))).toEqual([0, 1]);
  });

  it('no rows need no columns', () => {
    expect(maximumAssignment(new Matrix(0, 3)).length).toBe(0);
  });

  it('refuses more rows than columns, and NaN with its place', () => {
    expect(caught(() => maximumAssignment(Matrix.zeros(3, 2))).code).toBe('more-rows-than-columns');
    expect(caught(() => maximumAssignment(new Matrix([[0, Number.NaN]]))).path).toEqual([0, 1]);
  });
});
