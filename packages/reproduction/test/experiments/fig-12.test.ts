import { expect, it } from 'vitest';
import { fig12 } from '../../src/experiments/fig-12.ts';
import { sampleOutcome } from './toy/sampleSweep.ts';

const probabilities = [1, 0.521, 0.141, 0.0384, 0.02];

/** Trainings whose mean |cos| rises from 0 to `end` at step 100 · `rise`, by probability. */
function outcomes(ends: readonly number[], rises: readonly number[]) {
  return (['mean', 'sum'] as const).flatMap((reconstruction) =>
    probabilities.map((p, i) => {
      const { config, result } = sampleOutcome(p, reconstruction, 0, ends[i]);
      const curve = Array.from({ length: 10 }, (_, at) => [100 * at, at >= rises[i] ? ends[i] : 0]);
      const tensor = { shape: [10, 2], data: Float64Array.from(curve.flat()) };
      return { config, result: { ...result, tensors: { curve: tensor } } };
    }),
  );
}

const verdicts = (ends: readonly number[], rises: readonly number[]) =>
  Object.fromEntries(fig12.claims(outcomes(ends, rises)).map(({ id, verdict }) => [id, verdict]));

it('finds the end of alignment, and that rarer features align later', () => {
  expect(verdicts([1, 1, 1, 0.995, 0.4], [1, 2, 3, 4, 5])).toEqual({
    'fig-12/mean': 'reproduced',
    'fig-12/sum': 'reproduced',
    'fig-12/limit': 'reproduced',
    'fig-13/sooner': 'reproduced',
    'fig-13/rarest-last': 'reproduced',
  });
});

it('says so where alignment ends earlier, not at all, or comes in another order', () => {
  expect(verdicts([1, 1, 0.5, 0.5, 0.5], [1, 2, 3, 4, 5])).toMatchObject({
    'fig-12/mean': 'not reproduced',
    'fig-12/limit': 'not reproduced',
  });
  expect(verdicts([1, 1, 1, 1, 1], [5, 1, 4, 2, 3])).toMatchObject({
    'fig-12/limit': 'not reproduced',
    'fig-13/sooner': 'not reproduced',
    'fig-13/rarest-last': 'not reproduced',
  });
});

it('counts a training that never aligns as the latest, and names it', () => {
  const claims = fig12.claims(outcomes([1, 1, 1, 0.995, 0.4], [1, 1, 2, 3, 0]));
  expect(claims.find(({ id }) => id === 'fig-13/sooner')?.note).toContain('0.02: never');
});
