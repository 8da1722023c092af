import { Matrix } from '@svf-alignment/core';
import { describe, expect, it } from 'vitest';
import { harmonicFrame, unionOfBases } from '../../src/corollary1/tightFrame.ts';
import { frameOf } from '../../src/linear/features.ts';
import { norm } from '../../src/linear/vectors.ts';

const frames: [string, number, number, number[][]][] = [
  ['3 bases in 5 dimensions', 5, 3, unionOfBases(5, 3, 1)],
  ['8 points in 4 dimensions', 4, 8 / 4, harmonicFrame(4, 8, 2)],
  ['7 points in 3 dimensions', 3, 7 / 3, harmonicFrame(3, 7, 3)],
  ['simplex of 7 points in 6 dimensions', 6, 7 / 6, harmonicFrame(6, 7, 4)],
];

describe.each(frames)('%s', (_, dimension, constant, frame) => {
  it('are unit vectors with Σ = cI', () => {
    for (const vector of frame) expect(norm(vector)).toBeCloseTo(1, 14);
    const excess = Matrix.sub(frameOf(frame), Matrix.eye(dimension).mul(constant));
    expect(excess.norm('frobenius')).toBeLessThan(1e-14 * dimension);
  });
});
