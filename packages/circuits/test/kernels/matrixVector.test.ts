import { fc, test } from '@fast-check/vitest';
import { dot } from '@svf-alignment/core';
import { expect } from 'vitest';
import { eightDots, fourDots } from '../../src/kernels/fourDots.ts';
import { addScaled, matrixVector, norm, vectorMatrix } from '../../src/kernels/matrixVector.ts';
import { singleDot } from '../../src/kernels/singleDot.ts';
import { twoVectorsMatrix } from '../../src/kernels/twoVectorsMatrix.ts';

const size = fc.integer({ min: 1, max: 11 });
const seed = fc.integer();

/** Small whole numbers, whose sums are exact in any order. */
function whole(length: number, start: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => ((start + 7 * i * i + 3 * i) % 13) - 6);
}

test.prop([size, size, seed, fc.nat({ max: 3 })])(
  'products are those of the definition',
  (rows, length, start, offset) => {
    const matrix = whole(offset + rows * length, start);
    const at = (row: number, i: number) => matrix[offset + row * length + i];
    const x = whole(offset + length, start + 1);
    const y = whole(offset + rows, start + 2);
    const out = new Float64Array(offset + rows).fill(99);
    matrixVector(matrix, offset, rows, length, x, offset, out, offset);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let i = 0; i < length; i += 1) sum += at(row, i) * x[offset + i];
      expect(out[offset + row]).toBe(sum);
      expect(dot(matrix, offset + row * length, x, offset, length)).toBe(sum);
      expect(singleDot(Float32Array.from(matrix), offset + row * length, x, offset, length)).toBe(sum);
      const offsets = [0, 1, 2, 3].map((i) => offset + ((row + i) % rows) * length);
      const expected = offsets.map((from) => dot(matrix, from, x, offset, length));
      const [m0, m1, m2, m3] = offsets;
      const four = new Float64Array(offset + 5).fill(99);
      fourDots(matrix, m0, m1, m2, m3, x, offset, length, four, offset);
      expect([...four]).toEqual([...new Array(offset).fill(99), ...expected, 99]);
      const [eight, other] = [new Float64Array(4), new Float64Array(4)];
      eightDots(matrix, m0, m1, m2, m3, x, offset, matrix, offset, length, eight, other);
      expect([...eight]).toEqual(expected);
      expect([...other]).toEqual(offsets.map((from) => dot(matrix, from, matrix, offset, length)));
    }
    for (let i = 0; i < offset; i += 1) expect(out[i]).toBe(99);

    const left = new Float64Array(offset + length).fill(99);
    vectorMatrix(y, offset, rows, matrix, offset, length, left, offset);
    for (let i = 0; i < length; i += 1) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum += y[offset + row] * at(row, i);
      expect(left[offset + i]).toBe(sum);
    }
    const both = new Float64Array(offset + rows).fill(1);
    both.set(y.subarray(offset), offset);
    const pair = new Float64Array(2 * length + offset).fill(99);
    twoVectorsMatrix(both, offset, 0, rows, matrix, offset, length, pair, offset, offset + length);
    const second = new Float64Array(length);
    vectorMatrix(both, 0, rows, matrix, offset, length, second, 0);
    expect(pair.slice(offset, offset + length)).toEqual(left.slice(offset));
    expect(pair.slice(offset + length)).toEqual(second);
    addScaled(left, offset, 2, x, offset, length);
    for (let i = 0; i < offset; i += 1) expect(left[i]).toBe(99);
    expect(norm(x, offset, length)).toBe(Math.sqrt(dot(x, offset, x, offset, length)));
  },
);
