import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { svd } from '../../src/svd/svd.ts';
import { expectSound, frobenius, orthonormal } from './measures.ts';

/** Entries that make trouble: zeros, repeats, units, tiny and large values beside one another. */
const entry = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }) },
  { weight: 3, arbitrary: fc.constantFrom(0, 0, 1, -1, 2) },
  { weight: 1, arbitrary: fc.constantFrom(1e-8, -1e-15, 1e-160, 1e-320, 1e8) },
);

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )
  .map((rows) => new Matrix(rows))
  // Where the largest entry is nearly subnormal the measures of these tests are not exact; svd.test.ts covers that.
  .filter(
    (matrix) => Math.max(matrix.max(), -matrix.min()) > 1e-280 || matrix.to1DArray().every((x) => x === 0),
  );

function expectSameValues(actual: Float64Array, expected: Float64Array, matrix: Matrix): void {
  const bound = 40 * Math.max(matrix.rows, matrix.columns) * Number.EPSILON * frobenius(matrix);
  expect(actual.length).toBe(expected.length);
  for (const [k, value] of actual.entries()) expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(bound);
}

describe('svd, whatever the matrix', () => {
  it('is sound: residual, orthogonality, order, signs', () => {
    fc.assert(
      fc.property(matrices, (matrix) => expectSound(matrix, svd(matrix))),
      { numRuns: 400 },
    );
  });

  it('of the transpose: the same values, and exchanged factors', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const transposed = matrix.transpose();
        const result = svd(transposed);
        expectSameValues(result.singularValues, svd(matrix).singularValues, matrix);
        expectSound(transposed, result);
      }),
    );
  });

  it('values do not depend on the order of rows and columns', () => {
    fc.assert(
      fc.property(matrices, fc.infiniteStream(fc.nat()), (matrix, numbers) => {
        const shuffled = (count: number) => {
          const keys = Array.from({ length: count }, () => numbers.next().value as number);
          return keys.map((_, i) => i).sort((a, b) => keys[a] - keys[b] || a - b);
        };
        const permuted = matrix.selection(shuffled(matrix.rows), shuffled(matrix.columns));
        expectSameValues(svd(permuted).singularValues, svd(matrix).singularValues, matrix);
      }),
    );
  });

  it('a power of two passes through exactly, vectors and all', () => {
    fc.assert(
      fc.property(matrices, fc.integer({ min: -300, max: 300 }), (matrix, power) => {
        const factor = 2 ** power;
        // Entries that become subnormal are rounded, and then it is another matrix.
        fc.pre(matrix.to1DArray().every((value) => value === 0 || Math.abs(value * factor) > 1e-290));
        fc.pre(matrix.to1DArray().every((value) => value === 0 || Math.abs(value) > 1e-290));
        const plain = svd(matrix);
        const scaled = svd(Matrix.mul(matrix, factor));
        expect(scaled.U.to2DArray()).toEqual(plain.U.to2DArray());
        expect(scaled.V.to2DArray()).toEqual(plain.V.to2DArray());
        for (const [k, value] of plain.singularValues.entries()) {
          // A value that only rounding has made may leave the normal range.
          if (value * factor > 1e-300) expect(scaled.singularValues[k]).toBe(value * factor);
        }
      }),
    );
  });

  it('a factor scales the values and turns at most the signs of V', () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: -100, max: 100, noNaN: true }), (matrix, factor) => {
        fc.pre(Math.abs(factor) > 1e-3);
        const expected = svd(matrix).singularValues.map((value) => Math.abs(factor) * value);
        const scaled = Matrix.mul(matrix, factor);
        expectSameValues(svd(scaled).singularValues, expected, scaled);
      }),
    );
  });

  it('values do not change under orthogonal transformations of either side', () => {
    fc.assert(
      fc.property(matrices, fc.nat(1000), (matrix, seed) => {
        const left = orthonormal(matrix.rows, matrix.rows, seed);
        const right = orthonormal(matrix.columns, matrix.columns, seed + 1);
        const turned = left.mmul(matrix).mmul(right);
        expectSameValues(svd(turned).singularValues, svd(matrix).singularValues, matrix);
      }),
    );
  });

  it('values interlace when a column is left out', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        fc.pre(matrix.columns > 1);
        const whole = svd(matrix).singularValues;
        const part = svd(matrix.subMatrix(0, matrix.rows - 1, 0, matrix.columns - 2)).singularValues;
        const bound = 40 * 12 * Number.EPSILON * frobenius(matrix);
        for (const [k, value] of part.entries()) {
          expect(value).toBeLessThanOrEqual(whole[k] + bound);
          if (k + 1 < whole.length) expect(value).toBeGreaterThanOrEqual(whole[k + 1] - bound);
        }
      }),
    );
  });

  it('squares of the values add up to the square of the Frobenius norm', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const norm = frobenius(matrix);
        fc.pre(norm > 0);
        const sum = svd(matrix).singularValues.reduce((total, value) => total + (value / norm) ** 2, 0);
        expect(sum).toBeCloseTo(1, 13);
      }),
    );
  });
});
