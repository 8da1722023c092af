import { Matrix, SvfError, symmetricEigen } from '@svf-alignment/core';
import { addScaled, unitVector } from '../linear/unitVector.ts';
import { dot } from '../linear/vectors.ts';

/**
 * Unit vectors, the first of them given, whose frame operator is the given Σ. There are such exactly if the trace of Σ
 * is their number n and Σ − q qᵀ is positive semidefinite, that is qᵀΣ⁻¹q ≤ 1: a square root of Σ − q qᵀ has n − 1
 * columns of mean square length 1, and rotations of two columns at a time, which leave the sum w wᵀ alone, make all
 * lengths 1 (Bendel and Mickey 1978; Casazza and others on frames of prescribed operator).
 *
 * @param sigma [D, D], symmetric positive definite, of integer trace n ≥ D + 1.
 * @param first q, a unit vector of length D.
 * @returns n vectors of length D.
 * @throws SvfError `no-such-frame` where the conditions fail.
 */
export function unitNormFrame(sigma: Matrix, first: readonly number[]): number[][] {
  const dimension = first.length;
  const count = Math.round(sigma.trace());
  const q = Matrix.columnVector([...first]);
  const { values, vectors } = symmetricEigen(Matrix.sub(sigma, q.mmul(q.transpose())));
  const rounding = 1e-9 * values[0];
  if (
    Math.abs(sigma.trace() - count) > 1e-9 * count ||
    count <= dimension ||
    values[dimension - 1] < -rounding
  ) {
    throw new SvfError('No unit vectors with this first one have this frame operator.', {
      code: 'no-such-frame',
      expected: 'an integer trace n > D, and qᵀΣ⁻¹q ≤ 1',
      received: `trace ${sigma.trace()}, smallest eigenvalue of Σ − q qᵀ ${values[dimension - 1]}`,
      remedy: 'Scale Σ to a larger integer trace.',
    });
  }
  const columns = Array.from({ length: count - 1 }, (_, k) =>
    k < dimension
      ? vectors.getColumn(k).map((value) => value * Math.sqrt(Math.max(values[k], 0)))
      : new Array<number>(dimension).fill(0),
  );
  // Each turn makes one column a unit vector; the last is one by the trace.
  for (let turns = 0; turns < count; turns += 1) {
    const squares = columns.map((column) => dot(column, column));
    const short = squares.findIndex((square) => square < 1 - 1e-14);
    const long = squares.findIndex((square) => square > 1 + 1e-14);
    if (short < 0 || long < 0) break;
    const [a, b] = [columns[short], columns[long]];
    const product = dot(a, b);
    const root = Math.sqrt(product * product + (1 - squares[short]) * (squares[long] - 1));
    const tangent = (root - product) / (squares[long] - 1);
    const cosine = 1 / Math.sqrt(1 + tangent * tangent);
    columns[short] = addScaled(a, tangent, b).map((value) => cosine * value);
    columns[long] = addScaled(b, -tangent, a).map((value) => cosine * value);
  }
  return [[...first], ...columns.map((column) => unitVector(column) ?? column)];
}
