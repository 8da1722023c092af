import { describe, expect, it } from 'vitest';
import { type Columns, columnsFrom } from '../../src/matrix/columns.ts';
import { householderQr } from '../../src/qr/householderQr.ts';
import { coreSvd } from '../../src/svd/coreSvd.ts';
import { frobeniusNorm, multiply, verifyDecomposition, verifyTriangle } from '../../src/svd/verification.ts';
import { caught } from '../caught.ts';
import { gaussian } from './measures.ts';

const copy = (matrix: Columns): Columns => ({ ...matrix, values: matrix.values.slice() });

describe('the check of a decomposition', () => {
  const matrix = columnsFrom(gaussian(20, 20, 1));
  const map = { apply: (x: Float64Array) => multiply(matrix, x), norm: frobeniusNorm(matrix) };
  const sound = coreSvd(copy(matrix), 60);

  it('passes a sound one', () => {
    expect(() => verifyDecomposition(map, sound)).not.toThrow();
  });

  it.each(['left', 'right'] as const)('notices one changed entry of the %s vectors', (side) => {
    for (let at = 0; at < 400; at += 7) {
      const changed = copy(sound[side]);
      changed.values[at] += 1e-9;
      expect(caught(() => verifyDecomposition(map, { ...sound, [side]: changed })).code).toBe(
        'svd-inaccurate',
      );
    }
  });

  it('notices a changed singular value, two swapped vectors, and a turned one', () => {
    for (let k = 0; k < 20; k += 1) {
      const singularValues = sound.singularValues.slice();
      singularValues[k] += 1e-9;
      expect(caught(() => verifyDecomposition(map, { ...sound, singularValues })).code).toBe(
        'svd-inaccurate',
      );
    }
    const swapped = copy(sound.left);
    swapped.values.copyWithin(0, 20, 40);
    swapped.values.set(sound.left.values.subarray(0, 20), 20);
    expect(caught(() => verifyDecomposition(map, { ...sound, left: swapped })).code).toBe('svd-inaccurate');
    const turned = copy(sound.right);
    for (let i = 380; i < 400; i += 1) turned.values[i] = -turned.values[i];
    expect(caught(() => verifyDecomposition(map, { ...sound, right: turned })).code).toBe('svd-inaccurate');
  });

  it('notices NaN', () => {
    const broken = copy(sound.left);
    broken.values[3] = Number.NaN;
    expect(caught(() => verifyDecomposition(map, { ...sound, left: broken })).code).toBe('svd-inaccurate');
  });

  it('of a QR factor: passes a sound one, notices a changed entry', () => {
    const weights = columnsFrom(gaussian(30, 6, 2));
    const { triangle } = householderQr(copy(weights));
    expect(() => verifyTriangle(weights, triangle)).not.toThrow();
    const changed = copy(triangle);
    changed.values[7] += 1e-9;
    expect(caught(() => verifyTriangle(weights, changed)).code).toBe('svd-inaccurate');
  });
});
