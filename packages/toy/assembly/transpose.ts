/** B = Aᵀ with A [rows × columns], both multiples of four; strides in bytes. */
export function transpose(b: usize, strideB: usize, a: usize, strideA: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row += 4) {
    for (let column = 0; column < columns; column += 4) {
      const from = a + <usize>row * strideA + (<usize>column << 2);
      const to = b + <usize>column * strideB + (<usize>row << 2);
      const r0 = v128.load(from);
      const r1 = v128.load(from + strideA);
      const r2 = v128.load(from + 2 * strideA);
      const r3 = v128.load(from + 3 * strideA);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(to + strideB, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      v128.store(to + 2 * strideB, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      v128.store(to + 3 * strideB, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    }
  }
}

/** The sums of a's, b's, c's and d's four lanes, as one vector. */
@inline
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** A + Aᵀ in place, A [size × size]; the sum is the same bits on both sides of the diagonal. */
export function symmetrize(a: usize, stride: usize, size: i32): void {
  for (let row = 0; row < size; row += 1) {
    const across = a + <usize>row * stride;
    const down = a + (<usize>row << 2);
    for (let column = 0; column <= row; column += 1) {
      const x = across + (<usize>column << 2);
      const y = down + <usize>column * stride;
      const sum = load<f32>(x) + load<f32>(y);
      store<f32>(x, sum);
      store<f32>(y, sum);
    }
  }
}
