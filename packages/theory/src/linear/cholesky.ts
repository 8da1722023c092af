/**
 * x with A x = b for a symmetric positive definite A [n, n], row-major, by Cholesky's method.
 *
 * @returns null where a pivot is not above 1e-13 of the largest diagonal entry: A is not safely definite in float64.
 */
export function choleskySolve(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const order = right.length;
  const factor = matrix.slice();
  let largest = 0;
  for (let i = 0; i < order; i += 1) largest = Math.max(largest, factor[i * order + i]);
  for (let j = 0; j < order; j += 1) {
    let pivot = factor[j * order + j];
    for (let k = 0; k < j; k += 1) pivot -= factor[j * order + k] ** 2;
    if (!(pivot > 1e-13 * largest)) return null;
    const root = Math.sqrt(pivot);
    factor[j * order + j] = root;
    for (let i = j + 1; i < order; i += 1) {
      let entry = factor[i * order + j];
      for (let k = 0; k < j; k += 1) entry -= factor[i * order + k] * factor[j * order + k];
      factor[i * order + j] = entry / root;
    }
  }
  const solution = right.slice();
  for (let i = 0; i < order; i += 1) {
    for (let k = 0; k < i; k += 1) solution[i] -= factor[i * order + k] * solution[k];
    solution[i] /= factor[i * order + i];
  }
  for (let i = order - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < order; k += 1) solution[i] -= factor[k * order + i] * solution[k];
    solution[i] /= factor[i * order + i];
  }
  return solution;
}
