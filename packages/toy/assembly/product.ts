import { panel } from './panel';

/** Rows of M that one pass over C uses: with at most 64 bytes each they stay in the first-level cache. */
const INNER_BLOCK: i32 = 128;
const WIDEST: i32 = 4;

/**
 * C += A·M, with C [rows × columns], A [rows × inner], M [inner × columns]; strides in bytes.
 *
 * @param rows even
 * @param columns a multiple of four
 */
export function addProduct(
  c: usize,
  strideC: usize,
  a: usize,
  strideA: usize,
  m: usize,
  strideM: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  for (let k = 0; k < inner; k += INNER_BLOCK) {
    const depth = min(INNER_BLOCK, inner - k);
    const left = a + ((<usize>k) << 2);
    const right = m + <usize>k * strideM;
    let groups = columns >> 2;
    let offset: usize = 0;
    for (let panels = (groups + WIDEST - 1) / WIDEST; panels > 0; panels -= 1) {
      const width = groups / panels;
      switch (width) {
        case 1:
          rowPanel1(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        case 2:
          rowPanel2(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        case 3:
          rowPanel3(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        default:
          rowPanel4(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
      }
      offset += (<usize>width) << 4;
      groups -= width;
    }
  }
}

/** C += Aᵀ·M, with C [rows × columns], A [inner × rows], M [inner × columns]; as `addProduct` otherwise. */
export function addTransposedProduct(
  c: usize,
  strideC: usize,
  a: usize,
  strideA: usize,
  m: usize,
  strideM: usize,
  rows: i32,
  inner: i32,
  columns: i32,
): void {
  for (let k = 0; k < inner; k += INNER_BLOCK) {
    const depth = min(INNER_BLOCK, inner - k);
    const left = a + <usize>k * strideA;
    const right = m + <usize>k * strideM;
    let groups = columns >> 2;
    let offset: usize = 0;
    for (let panels = (groups + WIDEST - 1) / WIDEST; panels > 0; panels -= 1) {
      const width = groups / panels;
      switch (width) {
        case 1:
          columnPanel1(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        case 2:
          columnPanel2(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        case 3:
          columnPanel3(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
          break;
        default:
          columnPanel4(c + offset, strideC, left, strideA, right + offset, strideM, rows, depth);
      }
      offset += (<usize>width) << 4;
      groups -= width;
    }
  }
}

function rowPanel1(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(1, false, c, sc, a, sa, m, sm, rows, inner);
}

function rowPanel2(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(2, false, c, sc, a, sa, m, sm, rows, inner);
}

function rowPanel3(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(3, false, c, sc, a, sa, m, sm, rows, inner);
}

function rowPanel4(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(4, false, c, sc, a, sa, m, sm, rows, inner);
}

function columnPanel1(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(1, true, c, sc, a, sa, m, sm, rows, inner);
}

function columnPanel2(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(2, true, c, sc, a, sa, m, sm, rows, inner);
}

function columnPanel3(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(3, true, c, sc, a, sa, m, sm, rows, inner);
}

function columnPanel4(
  c: usize,
  sc: usize,
  a: usize,
  sa: usize,
  m: usize,
  sm: usize,
  rows: i32,
  inner: i32,
): void {
  panel(4, true, c, sc, a, sa, m, sm, rows, inner);
}
