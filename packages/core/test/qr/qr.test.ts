import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { columnsFrom, matrixFrom } from '../../src/matrix/columns.ts';
import { applyQ } from '../../src/qr/applyQ.ts';
import { householderQr } from '../../src/qr/householderQr.ts';
import { pivotedQr } from '../../src/qr/pivotedQr.ts';
import { frobenius, gaussian, maximumDifference, orthogonalityRatio, THRESHOLD } from '../svd/measures.ts';

const shapes: [number, number][] = [
  [1, 1],
  [1, 4],
  [4, 1],
  [4, 4],
  [5, 5],
  [13, 6],
  [6, 13],
  [33, 32],
  [100, 21],
];

/** Zero columns, repeated columns and entries too small to matter. */
function awkward(rows: number, columns: number): Matrix {
  const matrix = gaussian(rows, columns, 9);
  for (let j = 0; j < columns; j += 3) matrix.setColumn(j, new Array(rows).fill(j % 2 === 0 ? 0 : 1e-200));
  if (columns > 4) matrix.setColumn(4, matrix.getColumn(1));
  return matrix;
}

describe.each([
  ['random', (rows: number, columns: number) => gaussian(rows, columns, 3)],
  ['awkward', awkward],
  ['zero', (rows: number, columns: number) => Matrix.zeros(rows, columns)],
])('QR of %s matrices', (_, make) => {
  it.each(shapes)('A = QR, %i × %i', (rows, columns) => {
    const matrix = make(rows, columns);
    const qr = householderQr(columnsFrom(matrix));
    const rank = Math.min(rows, columns);
    const q = matrixFrom(applyQ(qr, columnsFrom(Matrix.eye(rank, rank))));
    const r = matrixFrom(qr.triangle);
    expect(orthogonalityRatio(q)).toBeLessThan(THRESHOLD);
    const bound = THRESHOLD * rows * Number.EPSILON * frobenius(matrix);
    expect(maximumDifference(q.mmul(r), matrix)).toBeLessThanOrEqual(bound);
    expect(maximumDifference(matrixFrom(applyQ(qr, qr.triangle)), matrix)).toBeLessThanOrEqual(bound);
    for (let i = 0; i < rank; i += 1) for (let j = 0; j < i; j += 1) expect(r.get(i, j)).toBe(0);
  });

  it.each(shapes.filter(([rows, columns]) => rows >= columns))(
    'AP = QR with pivoting, %i × %i',
    (rows, columns) => {
      const matrix = make(rows, columns);
      const qr = pivotedQr(columnsFrom(matrix));
      const permuted = matrix.subMatrixColumn(Array.from(qr.order));
      const bound = THRESHOLD * rows * Number.EPSILON * frobenius(matrix);
      expect(maximumDifference(matrixFrom(applyQ(qr, qr.triangle)), permuted)).toBeLessThanOrEqual(bound);
      expect([...qr.order].sort((a, b) => a - b)).toEqual(Array.from({ length: columns }, (__, j) => j));
      const r = matrixFrom(qr.triangle);
      for (let k = 1; k < columns; k += 1) {
        // Each diagonal entry is at least as large as every column to its right, below that row.
        for (let j = k; j < columns; j += 1) {
          const rest = r.subMatrix(k - 1, columns - 1, j, j).norm('frobenius');
          expect(Math.abs(r.get(k - 1, k - 1))).toBeGreaterThanOrEqual(rest * (1 - 1e-7));
        }
      }
    },
  );
});
