import { expect, test } from 'vitest';
import {
  kantorovichCosine,
  kantorovichSine,
  PAPER_EPSILON_LIMIT,
  PARTICULAR_EPSILON_LIMIT,
  theorem2Bound,
  theorem2Eta,
  theorem2ParticularBound,
} from '../../src/theorem2/bounds.ts';

test('the limits are where the bounds reach what they are said to reach', () => {
  expect(theorem2Eta(PAPER_EPSILON_LIMIT)).toBeCloseTo(0.5, 14);
  expect(theorem2Bound(PAPER_EPSILON_LIMIT)).toBeCloseTo(1, 13);
  expect(theorem2ParticularBound(PARTICULAR_EPSILON_LIMIT)).toBeCloseTo(1, 14);
});

test('the bounds on |cos| of the anisotropy experiment', () => {
  const cosine = (sine: number) => Math.sqrt(1 - sine * sine);
  for (const [epsilon, expected] of [
    [0.02, 0.9991],
    [0.05, 0.9926],
    [0.1, 0.9519],
    [0.18, 0.3119],
  ]) {
    expect(cosine(theorem2Bound(epsilon))).toBeCloseTo(expected, 4);
  }
});

test('η keeps its digits at small ε', () => {
  expect(theorem2Eta(1e-12) / 2e-12).toBeCloseTo(1, 11);
});

test('Kantorovich: sine and cosine belong together; κ = 1 and κ = ∞', () => {
  for (const condition of [1, 1.5, 10, 1e6]) {
    expect(kantorovichSine(condition) ** 2 + kantorovichCosine(condition) ** 2).toBeCloseTo(1, 14);
  }
  expect(kantorovichSine(1)).toBe(0);
  expect(kantorovichSine(Number.POSITIVE_INFINITY)).toBe(1);
  expect(kantorovichCosine(Number.POSITIVE_INFINITY)).toBe(0);
});
