import { multiplyAdd } from './multiplyAdd';

/**
 * Two rows and `width` ≤ 4 groups of four columns of C += A·M, down all rows of C: the eight sums stay in registers
 * while the inner dimension runs. `width` and `transposed` are constants where this is inlined, so that each
 * combination becomes a kernel of its own.
 *
 * @param rows even
 * @param inner at least 1
 * @param transposed Element (r, k) of A lies at a + 4r + k·strideA instead of a + r·strideA + 4k.
 */
@inline
export function panel(
  width: i32,
  transposed: bool,
  c: usize,
  strideC: usize,
  a: usize,
  strideA: usize,
  m: usize,
  strideM: usize,
  rows: i32,
  inner: i32,
): void {
  const end = m + <usize>inner * strideM;
  const next = transposed ? <usize>8 : 2 * strideA;
  for (let row = 0; row < rows; row += 2) {
    const c1 = c + strideC;
    let s00 = v128.load(c);
    let s10 = v128.load(c1);
    let s01 = width > 1 ? v128.load(c, 16) : f32x4.splat(0);
    let s11 = width > 1 ? v128.load(c1, 16) : f32x4.splat(0);
    let s02 = width > 2 ? v128.load(c, 32) : f32x4.splat(0);
    let s12 = width > 2 ? v128.load(c1, 32) : f32x4.splat(0);
    let s03 = width > 3 ? v128.load(c, 48) : f32x4.splat(0);
    let s13 = width > 3 ? v128.load(c1, 48) : f32x4.splat(0);
    let x = a;
    let x1 = transposed ? a + 4 : a + strideA;
    let y = m;
    do {
      const p = v128.load_splat<f32>(x);
      const q = v128.load_splat<f32>(x1);
      const column = v128.load(y);
      s00 = multiplyAdd(s00, p, column);
      s10 = multiplyAdd(s10, q, column);
      if (width > 1) {
        const column = v128.load(y, 16);
        s01 = multiplyAdd(s01, p, column);
        s11 = multiplyAdd(s11, q, column);
      }
      if (width > 2) {
        const column = v128.load(y, 32);
        s02 = multiplyAdd(s02, p, column);
        s12 = multiplyAdd(s12, q, column);
      }
      if (width > 3) {
        const column = v128.load(y, 48);
        s03 = multiplyAdd(s03, p, column);
        s13 = multiplyAdd(s13, q, column);
      }
      y += strideM;
      x += transposed ? strideA : 4;
      x1 += transposed ? strideA : 4;
    } while (y < end);
    v128.store(c, s00);
    v128.store(c1, s10);
    if (width > 1) v128.store(c, s01, 16);
    if (width > 1) v128.store(c1, s11, 16);
    if (width > 2) v128.store(c, s02, 32);
    if (width > 2) v128.store(c1, s12, 32);
    if (width > 3) v128.store(c, s03, 48);
    if (width > 3) v128.store(c1, s13, 48);
    c = c1 + strideC;
    a += next;
  }
}
