import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { relativeAttention } from '../../src/attention/relativeAttention.ts';
import { relativeAttentionTerms } from '../../src/attention/relativeAttentionTerms.ts';
import { qkFactors } from '../../src/svd/qkFactors.ts';
import { qkSvd } from '../../src/svd/qkSvd.ts';
import { caught } from '../caught.ts';
import { gaussian, maximumDifference } from '../svd/measures.ts';

const scoreLists = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 12 });

describe('relativeAttention', () => {
  it('is the score minus the mean of the others', () => {
    expect(relativeAttention([1, 2, 6], 2)).toBe(4.5);
    expect(relativeAttention([3, 1], 0)).toBe(2);
  });

  it('does not change when all scores shift, and adds up to 0 over the sources', () => {
    fc.assert(
      fc.property(scoreLists, fc.double({ min: -100, max: 100, noNaN: true }), (scores, shift) => {
        const moved = scores.map((score) => score + shift);
        const values = scores.map((_, s) => relativeAttention(scores, s));
        for (const [s, value] of values.entries()) expect(relativeAttention(moved, s)).toBeCloseTo(value, 10);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 10);
      }),
    );
  });

  it('is positive wherever attention is above uniform (Jensen)', () => {
    fc.assert(
      fc.property(scoreLists, (scores) => {
        const largest = Math.max(...scores);
        const weights = scores.map((score) => Math.exp(score - largest));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        for (const [s, weight] of weights.entries()) {
          if (weight / total > (1 + 1e-9) / scores.length)
            expect(relativeAttention(scores, s)).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('does not overflow on the way', () => {
    expect(relativeAttention([0, Number.MAX_VALUE, Number.MAX_VALUE, Number.MAX_VALUE], 1)).toBeGreaterThan(
      0,
    );
  });

  it('refuses a lone token, a source outside the context, masked scores', () => {
    expect(caught(() => relativeAttention([1], 0)).code).toBe('context-too-short');
    for (const source of [-1, 2, 0.5, Number.NaN]) {
      expect(caught(() => relativeAttention([1, 2], source)).code).toBe('source-out-of-range');
    }
    const error = caught(() => relativeAttention([1, 2, Number.NEGATIVE_INFINITY], 0));
    expect([error.code, ...error.path]).toEqual(['non-finite-entry', 2]);
  });
});

describe('relativeAttentionTerms', () => {
  const dModel = 12;
  const dHead = 5;
  const query = gaussian(dModel, dHead, 1);
  const key = gaussian(dModel, dHead, 2);
  const tokens = gaussian(7, dModel, 3); // [context, dModel]
  const scale = Math.sqrt(dHead);
  const scores = tokens.mmul(query).mmul(key.transpose()).mmul(tokens.transpose()).div(scale);

  it('adds up to the relative attention of every destination and source', () => {
    const { U, singularValues, V } = qkSvd(query, key);
    const p = tokens.mmul(U).mulRowVector(Array.from(singularValues));
    const q = tokens.mmul(V);
    for (let d = 1; d < 7; d += 1) {
      const context = q.subMatrix(0, d, 0, dHead - 1);
      for (let s = 0; s <= d; s += 1) {
        const terms = relativeAttentionTerms(p.getRow(d), context, s, scale);
        const expected = relativeAttention(scores.getRow(d).slice(0, d + 1), s);
        expect(terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(expected, 12);
      }
    }
  });

  it('is the same from the d_head-sized factors', () => {
    const { U, singularValues, V } = qkSvd(query, key);
    const { destination, source } = qkFactors(query, key);
    const d = 6;
    const wide = relativeAttentionTerms(
      tokens.mmul(U).mulRowVector(Array.from(singularValues)).getRow(d),
      tokens.mmul(V),
      2,
      scale,
    );
    const narrow = relativeAttentionTerms(
      tokens.mmul(query).mmul(destination).getRow(d),
      tokens.mmul(key).mmul(source.transpose()),
      2,
      scale,
    );
    expect(maximumDifference(Matrix.rowVector(wide), Matrix.rowVector(narrow))).toBeLessThan(1e-12);
  });

  it('takes one term per singular vector: orthogonal tokens excite one', () => {
    const sources = new Matrix([
      [0, 0],
      [0, 3],
      [0, 0],
    ]);
    expect(Array.from(relativeAttentionTerms([5, 2], sources, 1))).toEqual([0, 6]);
    expect(Array.from(relativeAttentionTerms([5, 2], sources, 0, 2))).toEqual([0, -1.5]);
  });

  it('refuses shapes that do not fit, non-finite values, a scale of 0', () => {
    const sources = gaussian(3, 2, 1);
    expect(caught(() => relativeAttentionTerms([1], sources, 0)).code).toBe('shape-mismatch');
    expect(caught(() => relativeAttentionTerms([1, 1], sources, 3)).code).toBe('source-out-of-range');
    expect(caught(() => relativeAttentionTerms([1, 1], gaussian(1, 2, 1), 0)).code).toBe('context-too-short');
    expect(caught(() => relativeAttentionTerms([1, Number.NaN], sources, 0)).path).toEqual([1]);
    expect(caught(() => relativeAttentionTerms([1, 1], sources, 0, 0)).code).toBe(
      'attention-scale-out-of-range',
    );
    sources.set(2, 1, Number.POSITIVE_INFINITY);
    expect(caught(() => relativeAttentionTerms([1, 1], sources, 0)).path).toEqual([2, 1]);
  });
});
