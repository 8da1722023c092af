import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, quantise } from '../../../../src/figures/report/film/quantise.ts';

const domain = fc
  .tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), fc.double({ min: 1e-3, max: 1e3, noNaN: true }))
  .map(([low, width]) => [low, low + width] as const);

test('a number comes back from its byte to half a level', () => {
  const numbers = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(domain, numbers, ([low, high], shares) => {
      const values = shares.map((share) => low + share * (high - low));
      const bytes = Buffer.from(base64(quantise(values, [low, high])), 'base64');
      values.forEach((value, index) => {
        const shown = low + ((high - low) * bytes[index]) / 255;
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(((high - low) / 510) * (1 + 1e-9) + 1e-12);
      });
    }),
  );
});

test('ends of the domain, and what lies beyond them, are the ends of the scale', () => {
  expect([...quantise([-1, 1, -1 - 1e-12, 1 + 1e-12, 0], [-1, 1])]).toEqual([0, 255, 0, 255, 128]);
});
