import type { AbstractMatrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { columnsFrom } from '../matrix/columns.ts';
import { scaledToUnit } from '../matrix/scaled.ts';

/**
 * The one-to-one assignment of rows to columns with the largest sum of entries, by shortest augmenting paths with
 * potentials (Kuhn 1955; Jonker and Volgenant 1987): O(rows² · columns). Ties go to the lower column.
 *
 * @param values [rows, columns], rows ≤ columns, finite.
 * @returns [rows], the column of each row, all different.
 * @throws SvfError `more-rows-than-columns`; `non-finite-entry` with path [row, column].
 */
export function maximumAssignment(values: AbstractMatrix): Int32Array {
  const { rows, columns } = values;
  if (rows > columns) {
    throw new SvfError('There are more rows than columns to assign them to.', {
      code: 'more-rows-than-columns',
      expected: `at most ${columns} rows`,
      received: `${rows} rows`,
      remedy: 'Transpose the matrix, and read the result as the row of each column.',
    });
  }
  // Scaled, so that no difference of two entries can overflow; the best assignment stays the same.
  const value = scaledToUnit(columnsFrom(values)).scaled.values;
  // Index 0 of the columns' arrays is a fictitious column from which each new row starts its search.
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1).fill(-1);
  const previous = new Int32Array(columns + 1);
  const distance = new Float64Array(columns + 1);
  const done = new Uint8Array(columns + 1);

  for (let row = 0; row < rows; row += 1) {
    rowOf[0] = row;
    distance.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    let column = 0;
    do {
      done[column] = 1;
      const from = rowOf[column];
      let next = 0;
      let step = Number.POSITIVE_INFINITY;
      for (let j = 1; j <= columns; j += 1) {
        if (done[j] === 1) continue;
        const reduced = -value[from + rows * (j - 1)] - rowPotential[from] - columnPotential[j];
        if (reduced < distance[j]) {
          distance[j] = reduced;
          previous[j] = column;
        }
        if (distance[j] < step) {
          step = distance[j];
          next = j;
        }
      }
      for (let j = 0; j <= columns; j += 1) {
        if (done[j] === 1) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else {
          distance[j] -= step;
        }
      }
      column = next;
    } while (rowOf[column] !== -1);
    while (column !== 0) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }

  const columnOf = new Int32Array(rows);
  for (let j = 1; j <= columns; j += 1) if (rowOf[j] !== -1) columnOf[rowOf[j]] = j - 1;
  return columnOf;
}
