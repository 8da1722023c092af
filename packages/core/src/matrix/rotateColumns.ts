/** (x, y) ← (cx − sy, sx + cy) for two columns of `length` entries that start at `x` and `y`. */
export function rotateColumns(
  values: Float64Array,
  x: number,
  y: number,
  length: number,
  c: number,
  s: number,
): void {
  for (let i = 0; i < length; i += 1) {
    const first = values[x + i];
    const second = values[y + i];
    values[x + i] = c * first - s * second;
    values[y + i] = s * first + c * second;
  }
}
