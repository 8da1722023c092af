import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { qkFactors } from '../../src/svd/qkFactors.ts';
import { qkSvd } from '../../src/svd/qkSvd.ts';
import { svd } from '../../src/svd/svd.ts';
import { caught } from '../caught.ts';
import {
  expectSound,
  frobenius,
  gaussian,
  maximumDifference,
  orthonormal,
  scaleColumns,
} from './measures.ts';

const shapes: [number, number][] = [
  [1, 1],
  [10, 10],
  [10, 4],
  [4, 10],
  [96, 16],
  [50, 33],
  [12, 64],
];

describe('qkSvd', () => {
  it.each(shapes)('dModel %i, dHead %i agrees with the SVD of the dense Ω', (dModel, dHead) => {
    const query = gaussian(dModel, dHead, 1);
    const key = gaussian(dModel, dHead, 2);
    const omega = query.mmul(key.transpose());
    const result = qkSvd(query, key);
    const rank = Math.min(dModel, dHead);
    expect([result.U.columns, result.V.columns, result.singularValues.length]).toEqual([rank, rank, rank]);
    const full = svd(omega);
    for (let k = 0; k < rank; k += 1) {
      expect(Math.abs(result.singularValues[k] - full.singularValues[k])).toBeLessThan(
        1e-14 * dModel * full.singularValues[0],
      );
    }
    const back = scaleColumns(result.U, result.singularValues).mmul(result.V.transpose());
    expect(frobenius(Matrix.sub(back, omega)) / frobenius(omega)).toBeLessThan(1e-13);
    if (rank === dModel) expectSound(omega, result);
    // Distinct values: the vectors themselves agree, signs included.
    expect(maximumDifference(result.U, full.U.subMatrix(0, dModel - 1, 0, rank - 1))).toBeLessThan(1e-9);
    expect(maximumDifference(result.V, full.V.subMatrix(0, dModel - 1, 0, rank - 1))).toBeLessThan(1e-9);
  });

  it('a head of lower rank than dHead has orthonormal U and V all the same', () => {
    const query = gaussian(30, 3, 1).mmul(gaussian(3, 8, 2));
    const result = qkSvd(query, gaussian(30, 8, 3));
    for (const basis of [result.U, result.V]) {
      expect(maximumDifference(basis.transpose().mmul(basis), Matrix.eye(8, 8))).toBeLessThan(1e-14);
    }
    expect(result.singularValues[3]).toBeLessThan(1e-12 * result.singularValues[0]);
  });

  it('a head of zeros', () => {
    const result = qkSvd(Matrix.zeros(7, 3), gaussian(7, 3, 1));
    expect(Array.from(result.singularValues)).toEqual([0, 0, 0]);
    expect(maximumDifference(result.U.transpose().mmul(result.U), Matrix.eye(3, 3))).toBeLessThan(1e-14);
  });

  it('weights whose product of norms leaves the range on the way', () => {
    const query = gaussian(9, 4, 1);
    const key = gaussian(9, 4, 2);
    const plain = qkSvd(query, key);
    const shifted = qkSvd(Matrix.mul(query, 2 ** 900), Matrix.mul(key, 2 ** -900));
    expect(shifted.singularValues).toEqual(plain.singularValues);
    expect(shifted.U.to2DArray()).toEqual(plain.U.to2DArray());
  });

  it('refuses weights of different shape, and NaN with its place', () => {
    expect(caught(() => qkSvd(gaussian(5, 2, 1), gaussian(5, 3, 1))).code).toBe('shape-mismatch');
    const broken = gaussian(5, 2, 1);
    broken.set(4, 1, Number.NaN);
    expect(caught(() => qkSvd(gaussian(5, 2, 1), broken)).path).toEqual([4, 1]);
  });
});

describe('qkFactors', () => {
  it.each(shapes)('dModel %i, dHead %i: the terms of every score are those of qkSvd', (dModel, dHead) => {
    const query = gaussian(dModel, dHead, 1);
    const key = gaussian(dModel, dHead, 2);
    const decomposition = qkSvd(query, key);
    const factors = qkFactors(query, key);
    expect(factors.singularValues).toEqual(decomposition.singularValues);
    const x = gaussian(6, dModel, 3); // destination tokens as rows
    const y = gaussian(dModel, 5, 4); // source tokens as columns
    const p = x.mmul(query).mmul(factors.destination);
    const q = factors.source.mmul(key.transpose().mmul(y));
    const left = scaleColumns(x.mmul(decomposition.U), decomposition.singularValues);
    const right = decomposition.V.transpose().mmul(y);
    const largest = decomposition.singularValues[0] * dModel;
    for (let d = 0; d < 6; d += 1) {
      for (let s = 0; s < 5; s += 1) {
        for (let k = 0; k < decomposition.singularValues.length; k += 1) {
          const expected = left.get(d, k) * right.get(k, s);
          expect(Math.abs(p.get(d, k) * q.get(k, s) - expected)).toBeLessThan(1e-9 * largest);
        }
      }
    }
    const scores = x.mmul(query).mmul(key.transpose().mmul(y));
    expect(maximumDifference(p.mmul(q), scores)).toBeLessThan(1e-12 * largest);
  });

  it('terms of vanishing singular values are zero, and the scores still right', () => {
    const query = gaussian(20, 2, 1).mmul(gaussian(2, 6, 2));
    const key = gaussian(20, 6, 3);
    const { source, destination } = qkFactors(query, key);
    for (let k = 2; k < 6; k += 1) expect(source.getRow(k)).toEqual([0, 0, 0, 0, 0, 0]);
    const x = gaussian(1, 20, 5);
    const y = gaussian(20, 1, 6);
    const score = x.mmul(query).mmul(key.transpose()).mmul(y).get(0, 0);
    const sum = x.mmul(query).mmul(destination).mmul(source).mmul(key.transpose()).mmul(y).get(0, 0);
    expect(Math.abs(sum - score)).toBeLessThan(1e-11);
  });

  it('powers of two in the weights pass through exactly', () => {
    const query = gaussian(9, 4, 1);
    const key = gaussian(9, 4, 2);
    const plain = qkFactors(query, key);
    const scaled = qkFactors(Matrix.mul(query, 2 ** 40), Matrix.mul(key, 2 ** -13));
    expect(scaled.singularValues).toEqual(plain.singularValues.map((value) => value * 2 ** 27));
    expect(scaled.destination.to2DArray()).toEqual(Matrix.mul(plain.destination, 2 ** -13).to2DArray());
    expect(scaled.source.to2DArray()).toEqual(Matrix.mul(plain.source, 2 ** 13).to2DArray());
  });

  it('orthonormal weights: all singular values 1', () => {
    const { singularValues } = qkFactors(orthonormal(24, 6, 1), orthonormal(24, 6, 2));
    expect(Array.from(singularValues).every((value) => value <= 1 + 1e-14)).toBe(true);
  });

  it('refuses weights of different shape', () => {
    expect(caught(() => qkFactors(gaussian(5, 2, 1), gaussian(4, 2, 1))).code).toBe('shape-mismatch');
  });
});
