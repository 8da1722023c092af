import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { rotate } from '../../src/engines/reference/rotate.ts';
import { rotaryTable } from '../../src/model/rotaryTable.ts';
import { targetFactors } from '../../src/model/targetFactors.ts';

describe('rotaryTable', () => {
  test('is null without rotary positions', () => {
    expect(rotaryTable(parseToyConfig({}))).toBeNull();
  });

  test('band b turns by base^(−b/(H/2)) per position, the query at position m − 1', () => {
    const config = parseToyConfig({ keys: 40, rotary: {} });
    const table = rotaryTable(config);
    expect(table?.bands).toBe(5);
    const periods = [6.283, 39.64, 250.1, 1578, 9957]; // Appendix D: 6.28, 39.6, 250, 1577, 9953
    for (let band = 0; band < 5; band += 1) {
      const theta = 10_000 ** (-band / 5);
      expect((2 * Math.PI) / theta / periods[band]).toBeCloseTo(1, 3);
      for (let position = 0; position < 40; position += 1) {
        const angle = theta * (position - 39);
        expect(table?.cosines[position * 5 + band]).toBeCloseTo(Math.cos(angle), 12);
        expect(table?.sines[position * 5 + band]).toBeCloseTo(Math.sin(angle), 12);
      }
    }
  });

  test('equation 17: (R(i) q)·(R(j) k) = q·R(j − i) k, with R as complex rotations', () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 });
    const config = parseToyConfig({ headDimension: 6, keys: 9, rotary: { base: 50 } });
    const table = rotaryTable(config);
    const turned = (x: readonly number[], position: number) =>
      x.map((_, c) => {
        const band = Math.floor(c / 2);
        const angle = position * 50 ** (-band / 3);
        const [re, im] = [x[2 * band], x[2 * band + 1]];
        return c % 2 === 0
          ? re * Math.cos(angle) - im * Math.sin(angle)
          : re * Math.sin(angle) + im * Math.cos(angle);
      });
    const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
      Array.from(x).reduce((sum, value, i) => sum + value * y[i], 0);
    fc.assert(
      fc.property(vector, vector, fc.integer({ min: 0, max: 8 }), (q, k, j) => {
        const relative = dot(q, rotate(Float64Array.from(k), table, j));
        expect(relative).toBeCloseTo(dot(turned(q, 8), turned(k, j)), 11);
        const back = dot(rotate(Float64Array.from(q), table, j, true), k);
        expect(back).toBeCloseTo(relative, 11);
      }),
    );
  });
});

describe('targetFactors', () => {
  test('are the targets at every position', () => {
    const config = parseToyConfig({
      keys: 3,
      targets: [
        { query: 0, key: 1, target: 7 },
        { query: 2, key: 1, target: -2 },
      ],
    });
    expect([...targetFactors(config)]).toEqual([7, -2, 7, -2, 7, -2]);
  });

  test('of positional targets turn with cos(θ₁(i − j)), equation 19', () => {
    const config = parseToyConfig({ keys: 40, rotary: { positional: [3] } });
    const factors = targetFactors(config);
    const theta1 = 10_000 ** (-1 / 5);
    for (let position = 0; position < 40; position += 1) {
      expect([...factors.subarray(position * 4, position * 4 + 3)]).toEqual([24, 21, 18]);
      expect(factors[position * 4 + 3]).toBeCloseTo(15 * Math.cos(theta1 * (39 - position)), 12);
    }
  });
});
