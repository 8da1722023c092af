import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { initialParameters } from '../../src/model/initialParameters.ts';

function moments(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
}

describe('initialParameters', () => {
  test('W, A, B are Xavier-normal: variance 2 / (rows + columns); b is zero', () => {
    const config = parseToyConfig({ features: 150, dimension: 90, headDimension: 60, seed: 1 });
    const parameters = initialParameters(config);
    for (const [name, columns] of [
      ['W', 150],
      ['A', 60],
      ['B', 60],
    ] as const) {
      const { mean, variance } = moments(parameters[name]);
      const wanted = 2 / (90 + columns);
      const n = parameters[name].length;
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(wanted / n));
      expect(Math.abs(variance / wanted - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    }
    expect(parameters.b.every((value) => value === 0)).toBe(true);
  });

  test.each([{}, { freezeFeatures: true }])(
    'all engines start from the same float32 numbers: %j',
    (settings) => {
      const { W, A, B } = initialParameters(parseToyConfig(settings));
      for (const values of [W, A, B]) expect(values).toEqual(values.map(Math.fround));
    },
  );

  test('A and B are drawn independently of each other and of the number of features', () => {
    const few = initialParameters(parseToyConfig({}));
    const many = initialParameters(parseToyConfig({ features: 40 }));
    expect(many.A).toEqual(few.A);
    expect(few.A).not.toEqual(few.B);
    expect(initialParameters(parseToyConfig({ seed: 1 })).A).not.toEqual(few.A);
  });

  test('a model without a head has empty A and B', () => {
    const config = parseToyConfig({ headDimension: 0, targets: [], attentionWeight: 0 });
    const { A, B } = initialParameters(config);
    expect([A.length, B.length]).toEqual([0, 0]);
  });
});
