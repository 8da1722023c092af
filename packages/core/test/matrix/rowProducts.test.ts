import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { packedColumns, packedRows } from '../../src/matrix/packed.ts';
import { rowProducts } from '../../src/matrix/rowProducts.ts';
import { randomStream } from '../../src/random/randomStream.ts';

test('products of rows of all sizes, tiles and what is left over', () => {
  const sizes = fc.integer({ min: 1, max: 11 });
  fc.assert(
    fc.property(
      sizes,
      sizes,
      sizes,
      fc.infiniteStream(fc.integer({ min: -9, max: 9 })),
      (rows, inner, columns, draw) => {
        const drawn = (r: number, c: number) =>
          new Matrix(
            Array.from({ length: r }, () => Array.from({ length: c }, () => draw.next().value as number)),
          );
        const x = drawn(rows, inner);
        const y = drawn(inner, columns);
        // Integers: sums are exact in any order.
        expect(Array.from(rowProducts(packedRows(x), packedColumns(y), inner), (value) => value + 0)).toEqual(
          x
            .mmul(y)
            .to1DArray()
            .map((value) => value + 0),
        );
      },
    ),
  );
});

test('products of a matrix with itself are symmetric, to the last bit', () => {
  const size = fc.integer({ min: 1, max: 11 });
  fc.assert(
    fc.property(size, size, fc.integer(), (rows, length, seed) => {
      const random = randomStream(seed, 'test/rows');
      const x = Float64Array.from({ length: rows * length }, () => random.normal());
      const products = rowProducts(x, x, length);
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < i; j += 1) expect(products[i * rows + j]).toBe(products[j * rows + i]);
      }
    }),
  );
});
