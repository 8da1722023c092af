import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialSamplerState, TokenSampler } from '../../src/sampling/tokenSampler.ts';

const LANES = 4;

/** xoshiro128+ of one lane, from its published description, in exact integers. */
function* xoshiro128Plus(start: readonly number[]): Generator<number> {
  let [a, b, c, d] = start.map(BigInt);
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  for (;;) {
    yield Number(wrap(a + d));
    const shifted = wrap(b << 9n);
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = wrap((d << 11n) | (d >> 21n));
  }
}

function draw(seed: number, features: number, p: number, tokens: number): Float64Array {
  return new TokenSampler(initialSamplerState(seed), features, p).draw(tokens);
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const product = (u: readonly number[], mu: number, v: readonly number[], mv: number) =>
    u.reduce((sum, value, i) => sum + (value - mu) * (v[i] - mv), 0);
  return product(x, mx, y, my) / Math.sqrt(product(x, mx, x, mx) * product(y, my, y, my));
}

describe('TokenSampler', () => {
  test('lane i of four xoshiro128+ generators fills features i, i + 4, …; u < p ? u/p : 0 in float32', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 11 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (seed, features, probability) => {
          const state = initialSamplerState(seed);
          const lanes = [0, 1, 2, 3].map((lane) =>
            xoshiro128Plus([0, 1, 2, 3].map((word) => state[word * LANES + lane])),
          );
          const p = Math.fround(probability);
          const inverse = Math.fround(1 / p);
          const expected: number[] = [];
          for (let token = 0; token < 5; token += 1) {
            for (let i = 0; i < Math.ceil(features / LANES) * LANES; i += 1) {
              const u = Math.floor(Number(lanes[i % LANES].next().value) / 256) / 2 ** 24;
              if (i < features) expected.push(u < p ? Math.fround(u * inverse) : 0);
            }
          }
          expect([...draw(seed, features, probability, 5)]).toEqual(expected);
        },
      ),
    );
  });

  test('draws are the same in one call or in several', () => {
    const sampler = new TokenSampler(initialSamplerState(4), 7, 0.5);
    const parts = [...sampler.draw(3), ...sampler.draw(0), ...sampler.draw(9)];
    expect(parts).toEqual([...draw(4, 7, 0.5, 12)]);
  });

  test.each([0.02, 0.52, 1])('features are present with probability %s', (p) => {
    const [features, tokens] = [7, 20_000];
    const strengths = draw(11, features, p, tokens);
    for (let i = 0; i < features; i += 1) {
      let present = 0;
      for (let t = 0; t < tokens; t += 1) present += strengths[t * features + i] > 0 ? 1 : 0;
      const deviation = Math.sqrt((p * (1 - p)) / tokens);
      // One draw in 2²⁴/p is a present feature of strength 0.
      expect(Math.abs(present / tokens - p)).toBeLessThan(4 * deviation + 2e-4);
    }
  });

  test.each([0.02, 0.52, 1])(
    'strengths of present features are uniform on [0, 1) at p = %s (Kolmogorov–Smirnov)',
    (p) => {
      const strengths = [...draw(12, 5, p, 20_000)].filter((f) => f > 0).sort((a, b) => a - b);
      const n = strengths.length;
      const distance = strengths.reduce(
        (most, f, i) => Math.max(most, Math.abs(f - i / n), Math.abs(f - (i + 1) / n)),
        0,
      );
      expect(distance).toBeLessThan(1.95 / Math.sqrt(n)); // exceeded by chance once in a thousand
      expect(strengths[0]).toBeGreaterThanOrEqual(0);
      expect(strengths[n - 1]).toBeLessThanOrEqual(1);
    },
  );

  test('features, within a lane and across lanes, and successive tokens are uncorrelated', () => {
    const [features, tokens] = [9, 20_000];
    const strengths = draw(13, features, 0.52, tokens);
    const column = (i: number, from = 0) =>
      Array.from({ length: tokens - 1 }, (_, t) => strengths[(t + from) * features + i]);
    const bound = 4.5 / Math.sqrt(tokens);
    for (let i = 0; i < features; i += 1) {
      for (let j = 0; j < i; j += 1) expect(Math.abs(correlation(column(i), column(j)))).toBeLessThan(bound);
      expect(Math.abs(correlation(column(i), column(i, 1)))).toBeLessThan(bound);
    }
  });

  test('another seed or another name is another stream; the state is advanced in place', () => {
    const streams = [initialSamplerState(1), initialSamplerState(2), initialSamplerState(1, 'toy/held-out')];
    expect(new Set(streams.map((state) => state.join())).size).toBe(3);
    const state = initialSamplerState(1);
    new TokenSampler(state, 4, 0.5).draw(1);
    expect(state).not.toEqual(streams[0]);
    expect([...draw(1, 4, 0.5, 2)].slice(4)).toEqual([...new TokenSampler(state, 4, 0.5).draw(1)]);
  });
});
