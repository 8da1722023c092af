import fc from 'fast-check';
import type { Theorem3Instance } from './instance.ts';

/** An instance, and how Theorem 3 is put to the test on it. */
export interface Theorem3Case extends Theorem3Instance {
  /** Steps that the search for the global minimiser may take from each start. */
  readonly searchSteps: number;
  /** `orthogonal`: comparison points with R = 0, as in the theorem. `any`: the minimiser of CE alone, whatever its R. */
  readonly comparison: 'orthogonal' | 'any';
}

/** Enough for every start to converge. */
export const FULL_SEARCH = 200;

const percent = (min: number, max: number) => fc.integer({ min, max }).map((k) => k / 100);
const ordinary = { misalignment: 0, searchSteps: FULL_SEARCH, comparison: 'orthogonal' } as const;

const shape = {
  sigma1: percent(50, 500),
  /** σ₂ / σ₁. */
  ratio: percent(10, 95),
  /** From 0.01 to 10, evenly in the logarithm. */
  rho: fc.integer({ min: -20, max: 10 }).map((k) => 10 ** (k / 10)),
  seed: fc.nat({ max: 0x7fffffff }),
};

/** An orthogonal pair attains the minimum of CE: g₁ = σ₁ and |g₂| ≤ σ₂, equal for D = 2. */
export const feasibleCase: fc.Arbitrary<Theorem3Case> = fc
  .record({ ...shape, dimension: fc.integer({ min: 2, max: 5 }), share: percent(-100, 100) })
  .map(({ ratio, share, dimension, ...rest }) => {
    const sigma2 = ratio * rest.sigma1;
    const gap2 = sigma2 * (dimension === 2 ? (share < 0 ? -1 : 1) : share);
    return { ...rest, dimension, sigma2, gap1: rest.sigma1, gap2, ...ordinary };
  });

/** Any gaps of the teacher up to 2σ₁: almost never feasible. */
export const generalCase: fc.Arbitrary<Theorem3Case> = fc
  .record({
    ...shape,
    dimension: fc.integer({ min: 2, max: 5 }),
    first: percent(-200, 200),
    second: percent(-200, 200),
  })
  .map(({ ratio, first, second, ...rest }) => ({
    ...rest,
    sigma2: ratio * rest.sigma1,
    gap1: first * rest.sigma1,
    gap2: second * rest.sigma1,
    ...ordinary,
  }));

export const theorem3Case: fc.Arbitrary<Theorem3Case> = fc.oneof(feasibleCase, generalCase);
