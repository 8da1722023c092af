import type { AbstractMatrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { type Columns, columnsFrom, transposed, zeroColumns } from '../matrix/columns.ts';
import { scaledToUnit } from '../matrix/scaled.ts';
import { transposedProduct } from '../matrix/transposedProduct.ts';
import { type HouseholderQr, householderQr } from '../qr/householderQr.ts';
import { coreSvd, type ThinFactors } from './coreSvd.ts';

/** One of the two weight matrices, scaled by a power of two, with its QR factors. */
interface Side {
  readonly weights: Columns;
  readonly exponent: number;
  readonly qr: HouseholderQr;
}

/** Ω = W_Q W_Kᵀ through its small core: with W_Q = Q₁R₁ and W_K = Q₂R₂, the SVD of R₁R₂ᵀ. */
export interface QkCore {
  readonly query: Side;
  readonly key: Side;
  /** SVD of R₁R₂ᵀ · 2^(−exponent), [r, r] with r = min(dModel, dHead). */
  readonly factors: ThinFactors;
  /** R₁R₂ᵀ · 2^(−exponent). */
  readonly matrix: Columns;
  /** Ω = 2^exponent · Q₁ (core) Q₂ᵀ. */
  readonly exponent: number;
}

/** @throws SvfError `shape-mismatch`, `non-finite-entry`, `svd-not-converged`. */
export function qkCore(
  queryWeights: AbstractMatrix,
  keyWeights: AbstractMatrix,
  maximumSweeps: number,
): QkCore {
  if (queryWeights.rows !== keyWeights.rows || queryWeights.columns !== keyWeights.columns) {
    throw new SvfError('Query and key weights of one head must have the same shape [dModel, dHead].', {
      code: 'shape-mismatch',
      expected: `[${queryWeights.rows}, ${queryWeights.columns}]`,
      received: `[${keyWeights.rows}, ${keyWeights.columns}]`,
      remedy:
        'With grouped-query attention, pass the key weights of the group that the query head belongs to.',
    });
  }
  const query = side(queryWeights);
  const key = side(keyWeights);
  const rank = query.qr.triangle.rows;
  const inner = queryWeights.columns;
  // Rows of R are columns of Rᵀ, which are contiguous.
  const r1 = transposed(query.qr.triangle).values;
  const r2 = transposed(key.qr.triangle).values;
  const product = zeroColumns(rank, rank);
  transposedProduct(r1, 0, inner, rank, r2, 0, inner, rank, inner, product.values, 0, rank);
  const { scaled, exponent } = scaledToUnit(product);
  const factors = coreSvd({ ...scaled, values: scaled.values.slice() }, maximumSweeps);
  return { query, key, factors, matrix: scaled, exponent: exponent + query.exponent + key.exponent };
}

function side(weights: AbstractMatrix): Side {
  const { scaled, exponent } = scaledToUnit(columnsFrom(weights));
  return { weights: scaled, exponent, qr: householderQr({ ...scaled, values: scaled.values.slice() }) };
}
