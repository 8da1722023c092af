/** y = M x; M row-major [rows × columns]. */
export function apply(M: Float64Array, x: Float64Array, rows: number, columns: number): Float64Array {
  const y = new Float64Array(rows);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) y[r] += M[r * columns + c] * x[c];
  }
  return y;
}

/** y = Mᵀ x. */
export function applyTransposed(
  M: Float64Array,
  x: Float64Array,
  rows: number,
  columns: number,
): Float64Array {
  const y = new Float64Array(columns);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) y[c] += M[r * columns + c] * x[r];
  }
  return y;
}

/** M += x yᵀ. */
export function addOuter(M: Float64Array, x: Float64Array, y: Float64Array): void {
  for (let r = 0; r < x.length; r += 1) {
    for (let c = 0; c < y.length; c += 1) M[r * y.length + c] += x[r] * y[c];
  }
}

/** x += y. */
export function addTo(x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i += 1) x[i] += y[i];
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += x[i] * y[i];
  return sum;
}
