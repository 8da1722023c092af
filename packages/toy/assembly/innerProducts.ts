import { laneSums } from './transpose';

/**
 * C += X·Yᵀ: every row of X [rows × length] with every row of Y [columns × length], four entries of `length` at a
 * time; strides in bytes.
 *
 * @param rows even
 * @param columns, length multiples of four
 */
export function innerProducts(
  c: usize,
  strideC: usize,
  x: usize,
  strideX: usize,
  y: usize,
  strideY: usize,
  rows: i32,
  columns: i32,
  length: i32,
): void {
  const bytes = <usize>length << 2;
  for (let row = 0; row < rows; row += 2) {
    let to = c;
    let from = y;
    for (let column = 0; column < columns; column += 4) {
      tile(to, strideC, x, strideX, from, strideY, bytes);
      to += 16;
      from += 4 * strideY;
    }
    c += 2 * strideC;
    x += 2 * strideX;
  }
}

/** Two rows of X with four rows of Y: the eight sums stay in registers. */
@inline
function tile(c: usize, strideC: usize, x: usize, strideX: usize, y: usize, strideY: usize, bytes: usize): void {
  let s00 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s02 = f32x4.splat(0);
  let s12 = f32x4.splat(0);
  let s03 = f32x4.splat(0);
  let s13 = f32x4.splat(0);
  let x1 = x + strideX;
  let y1 = y + strideY;
  let y2 = y1 + strideY;
  let y3 = y2 + strideY;
  const last = x + bytes - 16;
  while (true) {
    const p = v128.load(x);
    const q = v128.load(x1);
    const column0 = v128.load(y);
    s00 = f32x4.add(s00, f32x4.mul(p, column0));
    s10 = f32x4.add(s10, f32x4.mul(q, column0));
    const column1 = v128.load(y1);
    s01 = f32x4.add(s01, f32x4.mul(p, column1));
    s11 = f32x4.add(s11, f32x4.mul(q, column1));
    const column2 = v128.load(y2);
    s02 = f32x4.add(s02, f32x4.mul(p, column2));
    s12 = f32x4.add(s12, f32x4.mul(q, column2));
    const column3 = v128.load(y3);
    s03 = f32x4.add(s03, f32x4.mul(p, column3));
    s13 = f32x4.add(s13, f32x4.mul(q, column3));
    if (x >= last) break;
    const pb = v128.load(x, 16);
    const qb = v128.load(x1, 16);
    const column0b = v128.load(y, 16);
    s00 = f32x4.add(s00, f32x4.mul(pb, column0b));
    s10 = f32x4.add(s10, f32x4.mul(qb, column0b));
    const column1b = v128.load(y1, 16);
    s01 = f32x4.add(s01, f32x4.mul(pb, column1b));
    s11 = f32x4.add(s11, f32x4.mul(qb, column1b));
    const column2b = v128.load(y2, 16);
    s02 = f32x4.add(s02, f32x4.mul(pb, column2b));
    s12 = f32x4.add(s12, f32x4.mul(qb, column2b));
    const column3b = v128.load(y3, 16);
    s03 = f32x4.add(s03, f32x4.mul(pb, column3b));
    s13 = f32x4.add(s13, f32x4.mul(qb, column3b));
    x += 32;
    x1 += 32;
    y += 32;
    y1 += 32;
    y2 += 32;
    y3 += 32;
    if (x > last) break;
  }
  v128.store(c, f32x4.add(v128.load(c), laneSums(s00, s01, s02, s03)));
  const c1 = c + strideC;
  v128.store(c1, f32x4.add(v128.load(c1), laneSums(s10, s11, s12, s13)));
}
