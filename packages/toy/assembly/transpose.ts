/** B = Aᵀ with A [rows × columns], both multiples of four; strides in bytes. */
export function transpose(b: usize, strideB: usize, a: usize, strideA: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row += 4) {
    let to = b + (<usize>row << 2);
    let from = a + <usize>row * strideA;
    let from1 = from + strideA;
    let from2 = from1 + strideA;
    let from3 = from2 + strideA;
    for (let column = 0; column < columns; column += 4) {
      const r0 = v128.load(from);
      const r1 = v128.load(from1);
      const r2 = v128.load(from2);
      const r3 = v128.load(from3);
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      to += strideB;
      v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
      to += strideB;
      v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
      to += strideB;
      v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
      to += strideB;
      from += 16;
      from1 += 16;
      from2 += 16;
      from3 += 16;
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

/** w A + (w A)ᵀ in place, A [size × size], w [size] the weights of its rows; the same bits on both sides. */
export function symmetrize(a: usize, stride: usize, size: i32, weights: usize): void {
  for (let row = 0; row < size; row += 1) {
    const across = a + <usize>row * stride;
    const down = a + (<usize>row << 2);
    const weight = load<f32>(weights + (<usize>row << 2));
    for (let column = 0; column <= row; column += 1) {
      const x = across + (<usize>column << 2);
      const y = down + <usize>column * stride;
      const sum = weight * load<f32>(x) + load<f32>(weights + (<usize>column << 2)) * load<f32>(y);
      store<f32>(x, sum);
      store<f32>(y, sum);
    }
  }
}
