import type { Matrix } from 'ml-matrix';
import { matrixFrom, zeroColumns } from '../matrix/columns.ts';
import { applyQ } from '../qr/applyQ.ts';
import { householderQr } from '../qr/householderQr.ts';
import type { RandomStream } from '../random/randomStream.ts';

/**
 * A random orthogonal matrix, uniform over the orthogonal group (Haar measure): Q of the QR factorization of a
 * matrix of independent standard normals, with the signs that make the diagonal of R positive (Mezzadri 2007).
 *
 * @param size n ≥ 0.
 * @param random draws n² standard normals, column by column.
 * @returns [n, n].
 */
export function haarOrthogonal(size: number, random: RandomStream): Matrix {
  const normals = zeroColumns(size, size);
  for (let i = 0; i < normals.values.length; i += 1) normals.values[i] = random.normal();
  const qr = householderQr(normals);
  const signs = zeroColumns(size, size);
  for (let k = 0; k < size; k += 1) {
    signs.values[k + size * k] = qr.triangle.values[k + size * k] < 0 ? -1 : 1;
  }
  return matrixFrom(applyQ(qr, signs));
}
