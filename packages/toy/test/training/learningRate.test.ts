import { expect, it } from 'vitest';
import { biasCorrection } from '../../src/engines/adamW.ts';
import { learningRate } from '../../src/training/learningRate.ts';

const cosine = { learningRate: 1e-3, schedule: 'cosine', steps: 100 } as const;

it('falls from the peak along half a cosine', () => {
  expect(learningRate(cosine, 1)).toBe(1e-3);
  expect(learningRate(cosine, 51)).toBeCloseTo(5e-4, 15);
  for (let step = 1; step <= 100; step += 1) {
    expect(learningRate(cosine, step)).toBeCloseTo(0.5e-3 * (1 + Math.cos((Math.PI * (step - 1)) / 100)), 15);
  }
});

it('stays constant where asked', () => {
  expect(learningRate({ ...cosine, schedule: 'constant' }, 77)).toBe(1e-3);
});

it('corrects the bias of moments by 1 − βⁿ', () => {
  for (const step of [1, 2, 3, 10, 999, 80_000]) {
    expect(biasCorrection(0.999, step)).toBeCloseTo(1 - 0.999 ** step, 12);
  }
});
