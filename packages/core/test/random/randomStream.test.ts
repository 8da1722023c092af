import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/random/randomStream.ts';
import { streamSeed } from '../../src/random/streamSeed.ts';

const take = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('a random stream', () => {
  it('gives fixed numbers for a seed and a name', () => {
    const stream = () => randomStream(7, 'features');
    const [bits, uniform, normal, integer] = [stream(), stream(), stream(), stream()];
    expect(take(4, () => bits.uint32())).toEqual([3301326283, 3417996204, 2807069576, 139982140]);
    expect(take(3, () => uniform.uniform())).toEqual([
      0.7686499267504681, 0.65357181454146, 0.1464553105047388,
    ]);
    expect(take(4, () => normal.normal())).toEqual([
      1.2027402922213102, 0.6875379097725014, 0.8492041949213129, 1.3014772041741158,
    ]);
    expect(take(6, () => integer.integer(10))).toEqual([3, 4, 6, 0, 2, 3]);
  });

  it('depends on seed and name alone, not on what else was drawn', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (seed, name) => {
        const one = randomStream(seed, name);
        const other = randomStream(seed, `${name}'`);
        const two = randomStream(seed, name);
        for (let i = 0; i < 5; i += 1) {
          const value = one.uint32();
          other.normal();
          expect(two.uint32()).toBe(value);
        }
      }),
    );
  });

  it('stays in range: uniform in [0, 1), integers below their bound', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const stream = randomStream(seed, 'range');
        for (let i = 0; i < 20; i += 1) {
          const uniform = stream.uniform();
          expect(uniform).toBeGreaterThanOrEqual(0);
          expect(uniform).toBeLessThan(1);
          const integer = stream.integer(bound);
          expect(Number.isInteger(integer) && integer >= 0 && integer < bound).toBe(true);
        }
      }),
    );
  });
});

describe('moments (bounds of five standard errors)', () => {
  const count = 100_000;

  it('of the uniform distribution', () => {
    const stream = randomStream(11, 'uniform');
    const values = take(count, () => stream.uniform());
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
    const lag = values.reduce(
      (sum, value, i) => sum + (i > 0 ? (value - mean) * (values[i - 1] - mean) : 0),
      0,
    );
    expect(Math.abs(lag / count / variance)).toBeLessThan(5 / Math.sqrt(count));
  });

  it('of the normal distribution', () => {
    const stream = randomStream(11, 'normal');
    const values = take(count, () => stream.normal());
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / count;
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    const beyondTwo = values.filter((value) => Math.abs(value) > 1.959963984540054).length / count;
    expect(Math.abs(beyondTwo - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / count));
    // The two numbers of one polar draw are independent.
    const pairs = values.reduce((sum, value, i) => sum + (i % 2 === 1 ? value * values[i - 1] : 0), 0);
    expect(Math.abs(pairs / (count / 2))).toBeLessThan(5 / Math.sqrt(count / 2));
  });

  it('of integers: every residue equally often', () => {
    const stream = randomStream(11, 'integer');
    const counts = new Float64Array(7);
    for (let i = 0; i < count; i += 1) counts[stream.integer(7)] += 1;
    const expected = count / 7;
    const chiSquare = counts.reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(30); // 6 degrees of freedom: exceeded with probability 4e-5
  });

  it.each([
    ['of different names', (i: number) => randomStream(1, `stream ${i}`)],
    ['of neighbouring seeds', (i: number) => randomStream(i, 'features')],
    ['of seeds that differ in the upper half only', (i: number) => randomStream(i * 2 ** 32, 'features')],
  ])('streams %s are uncorrelated from their first draw on', (_, stream) => {
    const cells = 16;
    const streams = 20_000;
    const drawn = Array.from({ length: streams }, (__, i) => {
      const one = stream(i);
      return take(3, () => Math.floor((one.uint32() / 2 ** 32) * cells));
    });
    const expected = streams / cells ** 2;
    // Draw against draw within a stream, and the same draw of one stream against that of the next.
    const couples = [
      drawn.map((draws) => [draws[0], draws[1]]),
      drawn.map((draws) => [draws[1], draws[2]]),
      drawn.map((draws, i) => [draws[0], drawn[(i + 1) % streams][0]]),
      drawn.map((draws, i) => [draws[1], drawn[(i + 1) % streams][1]]),
    ];
    for (const couple of couples) {
      const counts = new Float64Array(cells ** 2);
      for (const [x, y] of couple) counts[x * cells + y] += 1;
      const chiSquare = counts.reduce((sum, observed) => sum + (observed - expected) ** 2 / expected, 0);
      // 255 degrees of freedom, standard deviation 22.6.
      expect(Math.abs(chiSquare - 255)).toBeLessThan(5 * 22.6);
    }
  });
});

describe('streamSeed', () => {
  it('is a 32-bit integer that both halves of the seed and every letter move', () => {
    expect([
      streamSeed(0, ''),
      streamSeed(7, 'features'),
      streamSeed(-1, 'a'),
      streamSeed(2 ** 40 + 7, 'features'),
    ]).toEqual([-1438753951, 993641012, -2041537903, -650108033]);
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string({ minLength: 1 }), (seed, name) => {
        expect(streamSeed(seed, name) | 0).toBe(streamSeed(seed, name));
        expect(streamSeed(seed, name)).not.toBe(streamSeed(seed, `${name}x`));
        expect(streamSeed(seed, `${name}ab`)).not.toBe(streamSeed(seed, `${name}ba`));
      }),
    );
  });
});
