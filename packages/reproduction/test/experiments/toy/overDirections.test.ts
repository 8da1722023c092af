import { expect, it } from 'vitest';
import { leastMargin, overDirections } from '../../../src/experiments/toy/overDirections.ts';
import type { AnisotropyMeasures } from '../../../src/experiments/toy/trainAnisotropic.ts';

function measures(deviation: number, raw: number): AnisotropyMeasures {
  const alignment = { raw, antiWhitened: 1, halfAntiWhitened: 1 };
  return {
    deviation,
    all: alignment,
    leading: alignment,
    exact: alignment,
    alone: 1,
    spectrumError: 0,
    klDivergence: 0,
  };
}

const spreads = overDirections(
  [
    [measures(0, 1), measures(5, 0.7)],
    [measures(0, 1), measures(5, 0.9)],
  ],
  ({ all }) => all.raw,
);

it('takes each δ over all directions', () => {
  expect(spreads.map(({ delta }) => delta)).toEqual([0, 5]);
  expect(spreads.map(({ mean }) => mean)).toEqual([1, 0.8]);
  expect(spreads[1].deviation).toBeCloseTo(Math.sqrt(0.02), 12);
});

it('finds the least mean, and the least above a bound', () => {
  expect(leastMargin(spreads)).toEqual({ delta: 5, margin: 0.8 });
  const found = leastMargin(spreads, (delta) => (delta === 0 ? 0.9 : 0.2));
  expect(found.delta).toBe(0);
  expect(found.margin).toBeCloseTo(0.1, 12);
});
