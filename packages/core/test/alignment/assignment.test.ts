import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  assignByMaximum,
  assignByOrder,
  assignOneToOne,
  meanCosine,
} from '../../src/alignment/assignment.ts';
import { featureAlignment } from '../../src/alignment/featureAlignment.ts';
import { svd } from '../../src/svd/svd.ts';
import { caught } from '../caught.ts';
import { gaussian, maximumDifference, orthonormal } from '../svd/measures.ts';

const alignment = {
  left: new Matrix([
    [0.9, 0.8, 0.1],
    [0.9, 0.2, 0.3],
    [0.5, 0.6, 0.4],
    [0, 0, 1],
  ]),
  right: new Matrix([
    [0.2, 0.9, 0.3],
    [0.7, 0.3, 0.1],
    [0.1, 0.1, 0.9],
    [0.3, 0.2, 0.1],
  ]),
};

describe('featureAlignment', () => {
  it('is 1 on the diagonal when Ω is built from orthonormal features', () => {
    const features = orthonormal(8, 6, 1);
    const query = features.subMatrix(0, 7, 0, 2);
    const key = features.subMatrix(0, 7, 3, 5);
    const omega = query.mmul(Matrix.diag([5, -3, 2])).mmul(key.transpose());
    const { left, right } = featureAlignment(features, svd(omega));
    expect([left.rows, left.columns]).toEqual([6, 8]);
    expect(maximumDifference(left.subMatrix(0, 2, 0, 2), Matrix.eye(3, 3))).toBeLessThan(1e-14);
    expect(maximumDifference(right.subMatrix(3, 5, 0, 2), Matrix.eye(3, 3))).toBeLessThan(1e-14);
    expect(left.subMatrix(3, 5, 0, 2).max()).toBeLessThan(1e-14);
  });

  it('squares of each row add up to 1 when the vectors are a full basis', () => {
    const { left, right } = featureAlignment(gaussian(6, 11, 1), svd(gaussian(6, 6, 2)));
    for (const side of [left, right]) {
      for (let i = 0; i < 11; i += 1) {
        expect(side.getRow(i).reduce((sum, cosine) => sum + cosine * cosine, 0)).toBeCloseTo(1, 13);
      }
    }
  });

  it('refuses features of another dimension', () => {
    expect(caught(() => featureAlignment(gaussian(5, 3, 1), svd(gaussian(6, 6, 2)))).code).toBe(
      'shape-mismatch',
    );
  });
});

describe('assignments of pairs', () => {
  const pairs = [
    { query: 0, key: 1 },
    { query: 1, key: 0 },
  ];

  it('by order takes vector k for pair k', () => {
    expect(assignByOrder(alignment, pairs)).toEqual([
      { query: 0, key: 1, queryVector: 0, keyVector: 0, queryCosine: 0.9, keyCosine: 0.7 },
      { query: 1, key: 0, queryVector: 1, keyVector: 1, queryCosine: 0.2, keyCosine: 0.9 },
    ]);
    expect(meanCosine(assignByOrder(alignment, pairs))).toBeCloseTo(0.675, 15);
  });

  it('by maximum takes the best on each side, shared or not', () => {
    const result = assignByMaximum(alignment, pairs);
    expect(result.map(({ queryVector, keyVector }) => [queryVector, keyVector])).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(meanCosine(result)).toBeCloseTo((0.9 + 0.7 + 0.9 + 0.9) / 4, 15);
  });

  it('one to one maximizes the sum over both sides', () => {
    const three = [
      { query: 0, key: 1 },
      { query: 1, key: 1 },
      { query: 2, key: 2 },
    ];
    const result = assignOneToOne(alignment, three);
    expect(result.map(({ queryVector }) => queryVector)).toEqual([1, 0, 2]);
    expect(result.every(({ queryVector, keyVector }) => queryVector === keyVector)).toBe(true);
    expect(meanCosine(result)).toBeGreaterThanOrEqual(meanCosine(assignByOrder(alignment, three)));
  });

  it('one to one is never above the maximum nor below the order', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const measured = featureAlignment(gaussian(5, 9, seed), svd(gaussian(5, 5, seed + 100)));
      const some = [0, 1, 2, 3].map((i) => ({ query: i, key: i + 4 }));
      const matched = meanCosine(assignOneToOne(measured, some));
      expect(matched).toBeLessThanOrEqual(meanCosine(assignByMaximum(measured, some)) + 1e-15);
      expect(matched).toBeGreaterThanOrEqual(meanCosine(assignByOrder(measured, some)) - 1e-15);
    }
  });

  it('pairs beyond the number of vectors have none and count as 0', () => {
    const four = [0, 1, 2, 3].map((i) => ({ query: i, key: i }));
    expect(assignByOrder(alignment, four)[3]).toEqual({
      query: 3,
      key: 3,
      queryVector: null,
      keyVector: null,
      queryCosine: 0,
      keyCosine: 0,
    });
    const matched = assignOneToOne(alignment, four);
    expect(matched.filter(({ queryVector }) => queryVector === null).length).toBe(1);
    // Left out: feature 3, whose best sum is the least.
    expect(matched[3].queryVector).toBeNull();
  });

  it('refuses a feature that does not exist, by index and side', () => {
    for (const assign of [assignByOrder, assignByMaximum, assignOneToOne]) {
      const error = caught(() => assign(alignment, [pairs[0], { query: 0, key: 4 }]));
      expect([error.code, ...error.path]).toEqual(['feature-out-of-range', 1, 'key']);
      expect(caught(() => assign(alignment, [{ query: 0.5, key: 0 }])).code).toBe('feature-out-of-range');
    }
  });

  it('refuses the mean over nothing', () => {
    expect(caught(() => meanCosine([])).code).toBe('no-pairs');
  });
});
