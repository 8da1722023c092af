import { haarOrthogonal, Matrix, randomStream } from '@svf-alignment/core';
import fc from 'fast-check';

/** Unit vectors with Σ w_i w_iᵀ = cI, in random position: a union of rotated bases, or a harmonic frame. */
export function tightFrame(dimension: number): fc.Arbitrary<number[][]> {
  const union = fc
    .record({ bases: fc.integer({ min: 1, max: 3 }), seed: fc.nat() })
    .map(({ bases, seed }) => unionOfBases(dimension, bases, seed));
  const harmonic = fc
    .record({ surplus: fc.integer({ min: 1, max: 8 }), seed: fc.nat() })
    .map(({ surplus, seed }) => harmonicFrame(dimension, dimension + surplus, seed));
  return fc.oneof(union, harmonic);
}

/** `bases` orthonormal bases, each rotated at random: c = bases. */
export function unionOfBases(dimension: number, bases: number, seed: number): number[][] {
  const random = randomStream(seed, 'tight-frame/bases');
  return Array.from({ length: bases }, () => haarOrthogonal(dimension, random).to2DArray()).flat();
}

/**
 * `count` > D points of the curve (cos jt, sin jt), j = 1 … D/2, at t = 2πk/count, with a constant coordinate more in
 * odd dimensions; scaled to length one and rotated at random: c = count/D.
 */
export function harmonicFrame(dimension: number, count: number, seed: number): number[][] {
  const pairs = Math.floor(dimension / 2);
  const points = Array.from({ length: count }, (_, k) => {
    const point: number[] = [];
    for (let j = 1; j <= pairs; j += 1) {
      const angle = (2 * Math.PI * j * k) / count;
      point.push(Math.sqrt(2 / dimension) * Math.cos(angle), Math.sqrt(2 / dimension) * Math.sin(angle));
    }
    if (dimension % 2 === 1) point.push(Math.sqrt(1 / dimension));
    return point;
  });
  const rotation = haarOrthogonal(dimension, randomStream(seed, 'tight-frame/rotation'));
  return new Matrix(points).mmul(rotation).to2DArray();
}
