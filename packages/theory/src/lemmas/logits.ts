import fc from 'fast-check';

/** Steps of a logit: nearly equal ones, ordinary ones, and ones that leave all but one key without weight. */
const SCALES = [1e-9, 1 / 16, 3] as const;

/** Logits over `keys` keys, within ±300 so that no probability underflows to zero. */
export function logitList(keys: number): fc.Arbitrary<number[]> {
  return fc
    .record({
      scale: fc.constantFrom(...SCALES),
      steps: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: keys, maxLength: keys }),
    })
    .map(({ scale, steps }) => steps.map((step) => scale * step));
}
