import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconstructionCount } from '../../src/attention/reconstructionCount.ts';
import { sparsity } from '../../src/attention/sparsity.ts';
import { caught } from '../caught.ts';

const termLists = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 });

describe('sparsity', () => {
  it('is 1/K for one non-zero term and 1 for terms of equal size', () => {
    expect(sparsity([0, 0, -7, 0, 0])).toBeCloseTo(1 / 5, 15);
    expect(sparsity([2, -2, 2, 2])).toBe(1);
    expect(sparsity([3, 1])).toBeCloseTo(16 / 20, 15);
  });

  it('is within [1/K, 1], and depends on sizes only', () => {
    fc.assert(
      fc.property(termLists, fc.constantFrom(-1, 1e-200, 1e200, 3), (terms, factor) => {
        const value = sparsity(terms);
        fc.pre(value !== null);
        expect(value).toBeGreaterThanOrEqual(1 / terms.length - 1e-15);
        expect(value).toBeLessThanOrEqual(1);
        const normal = terms.every((term) => term === 0 || Math.abs(term) > 1e-100);
        if (normal) expect(sparsity(terms.map((term) => term * factor))).toBeCloseTo(value, 12);
        expect(sparsity([...terms].reverse().map((term) => -term))).toBeCloseTo(value, 12);
      }),
    );
  });

  it('has nothing to measure without a non-zero term', () => {
    expect(sparsity([])).toBeNull();
    expect(sparsity([0, -0])).toBeNull();
    expect(sparsity([5e-324])).toBe(1);
  });

  it('refuses NaN by index', () => {
    expect(caught(() => sparsity([1, Number.NaN])).path).toEqual([1]);
  });
});

describe('reconstructionCount', () => {
  it('counts the largest terms that reach the sum', () => {
    expect(reconstructionCount([5, 1, 1])).toBe(3);
    expect(reconstructionCount([5, 1, -1])).toBe(1);
    expect(reconstructionCount([1, 5, 3, -2, -1])).toBe(2);
    expect(reconstructionCount([4])).toBe(1);
  });

  it('is the size of the smallest subset that reaches RA, found by trying all', () => {
    fc.assert(
      fc.property(termLists, (terms) => {
        const total = terms.reduce((sum, term) => sum + term, 0);
        const count = reconstructionCount(terms, total);
        if (total <= 0) {
          expect(count).toBeNull();
          return;
        }
        let smallest = Number.POSITIVE_INFINITY;
        for (let subset = 1; subset < 2 ** terms.length; subset += 1) {
          const chosen = terms.filter((_, k) => (subset >> k) % 2 === 1).sort((a, b) => b - a);
          const sum = chosen.reduce((partial, term) => partial + term, 0);
          if (sum >= total - 1e-9 * total) smallest = Math.min(smallest, chosen.length);
        }
        expect(count).toBe(smallest);
      }),
    );
  });

  it('forgives rounding of 1e-9, and not more', () => {
    expect(reconstructionCount([1, 1e-10, 1e-10])).toBe(1);
    expect(reconstructionCount([1, 2e-9, 0])).toBe(2);
    expect(reconstructionCount([1, 0.5], 1 + 5e-10)).toBe(1);
    expect(reconstructionCount([1, 0.5], 1 + 2e-9)).toBe(2);
  });

  it('is not defined without relative attention', () => {
    expect(reconstructionCount([1, -1])).toBeNull();
    expect(reconstructionCount([-3, 1])).toBeNull();
    expect(reconstructionCount([])).toBeNull();
    expect(reconstructionCount([2, 1], 0)).toBeNull();
  });

  it('refuses a relative attention that the terms do not reach, and NaN', () => {
    expect(caught(() => reconstructionCount([1, 1], 2.1)).code).toBe('relative-attention-mismatch');
    expect(caught(() => reconstructionCount([1, Number.NaN])).path).toEqual([1]);
    expect(caught(() => reconstructionCount([1], Number.POSITIVE_INFINITY)).code).toBe('non-finite-entry');
  });
});
