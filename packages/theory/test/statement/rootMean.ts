import fc from 'fast-check';
import { defineStatement } from '../../src/statement/defineStatement.ts';

/** A statement small enough to be seen through: √(ab) ≤ (a + b)/2 for a, b ≥ 0. */
export const rootMean = defineStatement<{ a: number; b: number }>({
  id: 'root-mean',
  title: 'Arithmetic and geometric mean',
  statement: { text: '√(ab) ≤ (a + b)/2 for a, b ≥ 0.', latex: '\\sqrt{ab}\\le(a+b)/2' },
  source: 'Euclid',
  defaultRuns: 250,
  arbitrary: fc.record({ a: fc.integer({ min: -1, max: 40 }), b: fc.nat(40) }),
  hypotheses: [
    {
      name: 'first-nonnegative',
      text: 'a ≥ 0',
      holds: ({ a }) => a >= 0,
      breaking: fc.record({ a: fc.integer({ min: -40, max: -1 }), b: fc.nat(40) }),
    },
    {
      name: 'second-nonnegative',
      text: 'b ≥ 0',
      holds: ({ b }) => b >= 0,
      breaking: fc.record({ a: fc.nat(40), b: fc.integer({ min: -40, max: -1 }) }),
    },
  ],
  conclusions: [
    {
      name: 'mean-inequality',
      text: '√(ab) ≤ (a + b)/2',
      measure: ({ a, b }) => ({ measured: Math.sqrt(a * b), bound: (a + b) / 2, tolerance: 1e-12 }),
    },
  ],
});
