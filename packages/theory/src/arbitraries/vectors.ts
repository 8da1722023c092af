import fc from 'fast-check';

/**
 * A coordinate in [−1, 1] in steps of 1/128: counterexamples shrink towards 0 and can be read, and no case is spoilt
 * by a denormal.
 */
export const coordinate: fc.Arbitrary<number> = fc.integer({ min: -128, max: 128 }).map((k) => k / 128);

/** A vector of the given length, not zero. */
export function nonzeroVector(dimension: number): fc.Arbitrary<number[]> {
  return fc
    .array(coordinate, { minLength: dimension, maxLength: dimension })
    .map((vector) => (vector.every((entry) => entry === 0) ? [1, ...vector.slice(1)] : vector));
}

/** A vector of length one. */
export function unitVector(dimension: number): fc.Arbitrary<number[]> {
  return nonzeroVector(dimension).map(normalized);
}

/** vector / ‖vector‖. */
export function normalized(vector: readonly number[]): number[] {
  const length = Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));
  return vector.map((entry) => entry / length);
}

/** `count` unit vectors: the features of a side, one per entry. */
export function unitFeatures(count: number, dimension: number): fc.Arbitrary<number[][]> {
  return fc.array(unitVector(dimension), { minLength: count, maxLength: count });
}
