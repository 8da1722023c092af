import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalResult } from '../../src/lab/canonicalResult.ts';
import { arbitraryResult } from './arbitraryResult.ts';

describe('canonicalResult', () => {
  it('is its own canonical form', () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const once = canonicalResult(result);
        expect(canonicalResult(once)).toStrictEqual(once);
      }),
    );
  });

  it('gives each tensor a buffer of its own, of its own size', () => {
    const memory = new Float64Array(1000);
    const data = memory.subarray(10, 12);
    const { tensors } = canonicalResult({ values: {}, tensors: { w: { shape: [2], data } } });
    memory.fill(9);
    expect(tensors.w?.data).toEqual(Float64Array.of(0, 0));
    expect(tensors.w?.data.buffer.byteLength).toBe(16);
  });

  it('tells which entry of which tensor is not finite', () => {
    const data = Float64Array.of(1, 2, Infinity);
    expect(() => canonicalResult({ values: {}, tensors: { loss: { shape: [3], data } } })).toThrow(
      expect.objectContaining({ code: 'non-finite-number', path: ['tensors', 'loss', 2] }),
    );
  });

  it('tells where a value is not finite', () => {
    expect(() => canonicalResult({ values: { loss: { total: Number.NaN } }, tensors: {} })).toThrow(
      expect.objectContaining({ code: 'non-finite-number', path: ['values', 'loss', 'total'] }),
    );
  });

  it.each([[[2, 2]], [[-1, -3]], [[1.5, 2]], [[]]])('refuses three values in the shape %j', (shape) => {
    expect(() =>
      canonicalResult({ values: {}, tensors: { w: { shape, data: new Float64Array(3) } } }),
    ).toThrow(expect.objectContaining({ code: 'tensor-shape', path: ['tensors', 'w', 'shape'] }));
  });
});
