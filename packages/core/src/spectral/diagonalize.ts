import { SvfError } from '../error.ts';
import type { Columns } from '../matrix/columns.ts';
import { rotateColumns } from '../matrix/rotateColumns.ts';

/**
 * The cyclic Jacobi method: makes the symmetric `matrix` diagonal in place, and multiplies `rotations` by what did it.
 *
 * @throws SvfError `eigen-not-converged` when `maximumSweeps` sweeps did not suffice.
 */
export function diagonalize(
  { rows: order, values: a }: Columns,
  rotations: Columns,
  maximumSweeps: number,
): void {
  const v = rotations.values;
  let rotated = order > 1;
  for (let sweep = 0; rotated; sweep += 1) {
    if (sweep === maximumSweeps) throw notConverged(maximumSweeps);
    rotated = false;
    for (let p = 0; p < order - 1; p += 1) {
      for (let q = p + 1; q < order; q += 1) {
        const off = a[p + order * q];
        const first = a[p + order * p];
        const second = a[q + order * q];
        // Small against both its diagonal entries: keeps small eigenvalues of definite matrices accurate (Demmel and
        // Veselić 1992). The floor is for zero diagonals.
        const scale = Math.sqrt(Math.abs(first)) * Math.sqrt(Math.abs(second));
        if (Math.abs(off) <= Number.EPSILON * scale || Math.abs(off) < 1e-290) {
          a[p + order * q] = 0;
          a[q + order * p] = 0;
          continue;
        }
        rotated = true;
        const zeta = (second - first) / (2 * off);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + tangent * tangent);
        const s = c * tangent;
        rotateColumns(a, order * p, order * q, order, c, s);
        rotateColumns(v, order * p, order * q, order, c, s);
        for (let i = 0; i < order; i += 1) {
          a[p + order * i] = a[i + order * p];
          a[q + order * i] = a[i + order * q];
        }
        a[p + order * p] = first - tangent * off;
        a[q + order * q] = second + tangent * off;
        a[p + order * q] = 0;
        a[q + order * p] = 0;
      }
    }
  }
}

function notConverged(sweeps: number): SvfError {
  return new SvfError(`The eigenvalue iteration did not converge in ${sweeps} sweeps.`, {
    code: 'eigen-not-converged',
    expected: `convergence within ${sweeps} sweeps`,
    remedy: 'Raise maximumSweeps; the default is several times what any matrix is known to need.',
  });
}
