import { expect, test } from 'vitest';
import { adamW, biasCorrection } from '../../src/engines/adamW.ts';

test('the constants are PyTorch’s', () => {
  expect(adamW).toEqual({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
});

test.each([1, 2, 3, 7, 10, 1000, 80_000])('1 − βⁿ for n = %i', (n) => {
  for (const beta of [adamW.beta1, adamW.beta2]) {
    const exact = -Math.expm1(n * Math.log(beta));
    expect(biasCorrection(beta, n) / exact).toBeCloseTo(1, 11);
  }
});
