/**
 * All dot products of the rows of two matrices, X Yᵀ, both row-major with rows of `length` entries. The sums of a tile of
 * 2 × 4 stay in registers, which makes it several times as fast as a product of general matrices.
 *
 * @returns [rows of x, rows of y], row-major.
 */
export function rowProducts(x: Float64Array, y: Float64Array, length: number): Float64Array {
  const rows = x.length / length;
  const columns = y.length / length;
  const out = new Float64Array(rows * columns);
  const wholeRows = rows - (rows % 2);
  const wholeColumns = columns - (columns % 4);
  for (let row = 0; row < wholeRows; row += 2) {
    for (let column = 0; column < wholeColumns; column += 4) {
      tile2x4(x, row * length, y, column * length, length, out, row * columns + column, columns);
    }
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = row < wholeRows ? wholeColumns : 0; column < columns; column += 1) {
      let sum = 0;
      for (let i = 0; i < length; i += 1) sum += x[row * length + i] * y[column * length + i];
      out[row * columns + column] = sum;
    }
  }
  return out;
}

function tile2x4(
  x: Float64Array,
  x0: number,
  y: Float64Array,
  y0: number,
  length: number,
  out: Float64Array,
  at: number,
  columns: number,
): void {
  const x1 = x0 + length;
  const y1 = y0 + length;
  const y2 = y1 + length;
  const y3 = y2 + length;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  for (let i = 0; i < length; i += 1) {
    const a = x[x0 + i];
    const b = x[x1 + i];
    const p = y[y0 + i];
    const q = y[y1 + i];
    const r = y[y2 + i];
    const s = y[y3 + i];
    s00 += a * p;
    s01 += a * q;
    s02 += a * r;
    s03 += a * s;
    s10 += b * p;
    s11 += b * q;
    s12 += b * r;
    s13 += b * s;
  }
  out[at] = s00;
  out[at + 1] = s01;
  out[at + 2] = s02;
  out[at + 3] = s03;
  out[at + columns] = s10;
  out[at + columns + 1] = s11;
  out[at + columns + 2] = s12;
  out[at + columns + 3] = s13;
}
