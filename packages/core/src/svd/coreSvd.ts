import { type Columns, transposed, zeroColumns } from '../matrix/columns.ts';
import { dot } from '../matrix/dot.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { applyQ } from '../qr/applyQ.ts';
import { pivotedQr } from '../qr/pivotedQr.ts';
import { approximateEigenvectors, WORTH_STARTING } from '../spectral/approximateEigenvectors.ts';
import { completeBasis } from './completeBasis.ts';
import { type OrthogonalizedColumns, orthogonalizeColumns } from './jacobi.ts';

/** U·diag(σ)·Vᵀ in column-major form; σ descending, signs not yet chosen. */
export interface ThinFactors {
  readonly left: Columns;
  readonly singularValues: Float64Array;
  readonly right: Columns;
}

/**
 * SVD of a square matrix: A·P = QR with column pivoting, then one-sided Jacobi on the columns of Rᵀ, which converges
 * faster than on those of A and keeps the digits of small singular values (Drmač and Veselić 2008). Overwrites `matrix`, whose largest entry must be of size about 1.
 *
 * @throws SvfError `svd-not-converged`.
 */
export function coreSvd(matrix: Columns, maximumSweeps: number): ThinFactors {
  const order = matrix.columns;
  const qr = pivotedQr(matrix);
  const { columns, rotations } = orthogonalRows(qr.triangle, maximumSweeps);

  const values = new Float64Array(order);
  for (let k = 0; k < order; k += 1) {
    values[k] = Math.sqrt(dot(columns.values, order * k, columns.values, order * k, order));
  }
  const ranking = Int32Array.from({ length: order }, (_, k) => k).sort(
    (a, b) => values[b] - values[a] || a - b,
  );

  // AP = QRᵀᵀ = Q J Σ Wᵀ with the normalized columns W: the left vectors are Q J, the right ones P W.
  const sorted = zeroColumns(order, order);
  const right = zeroColumns(order, order);
  const singularValues = new Float64Array(order);
  for (let k = 0; k < order; k += 1) {
    const from = order * ranking[k];
    const value = values[ranking[k]];
    singularValues[k] = value;
    sorted.values.set(rotations.values.subarray(from, from + order), order * k);
    if (value === 0) continue;
    for (let i = 0; i < order; i += 1)
      right.values[order * k + qr.order[i]] = columns.values[from + i] / value;
  }
  completeBasis(right, singularValues);
  return { left: applyQ(qr, sorted), singularValues, right };
}

/**
 * Rᵀ·J with orthogonal columns. The iteration starts from approximate eigenvectors of R·Rᵀ, which leaves it a sweep or two;
 * pivoting has sorted the rows of R by size, so that the start does no harm to small singular values.
 */
function orthogonalRows(triangle: Columns, maximumSweeps: number): OrthogonalizedColumns {
  const { rows: order, values } = triangle;
  const rows = transposed(triangle);
  if (order < WORTH_STARTING) return orthogonalizeColumns(rows, maximumSweeps);
  const products = zeroColumns(order, order);
  transposedProduct(
    rows.values,
    0,
    order,
    order,
    rows.values,
    0,
    order,
    order,
    order,
    products.values,
    0,
    order,
  );
  const start = approximateEigenvectors(products);
  const turned = zeroColumns(order, order);
  transposedProduct(values, 0, order, order, start.values, 0, order, order, order, turned.values, 0, order);
  return orthogonalizeColumns(turned, maximumSweeps, start);
}
