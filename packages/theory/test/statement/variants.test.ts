import { describe, expect, it } from 'vitest';
import { cached } from '../../src/statement/cached.ts';
import { withConclusion, withoutHypothesis } from '../../src/statement/variants.ts';
import { rootMean } from './rootMean.ts';

describe('variants', () => {
  it('replace one conclusion and leave the statement as it is', () => {
    const variant = withConclusion(rootMean, 'mean-inequality', () => ({ measured: 2, bound: 1 }));
    expect(variant.evaluate({ a: 1, b: 1 })).toMatchObject({
      holds: false,
      conclusions: [{ slack: -1, ratio: 2 }],
    });
    expect(rootMean.evaluate({ a: 1, b: 1 }).holds).toBe(true);
  });

  it('drop one hypothesis', () => {
    const { hypotheses } = withoutHypothesis(rootMean, 'first-nonnegative');
    expect(hypotheses.map(({ name }) => name)).toEqual(['second-nonnegative']);
  });

  it('refuse names that are not there', () => {
    const measure = () => ({ measured: 0, bound: 0 });
    expect(() => withConclusion(rootMean, 'x', measure)).toThrowError(
      expect.objectContaining({ code: 'unknown-conclusion', expected: 'mean-inequality' }),
    );
    expect(() => withoutHypothesis(rootMean, 'x')).toThrowError(
      expect.objectContaining({ code: 'unknown-hypothesis', received: 'x' }),
    );
  });
});

describe('evaluate', () => {
  it('measures nothing where a hypothesis does not hold', () => {
    expect(rootMean.evaluate({ a: -1, b: 1 })).toMatchObject({ admissible: false, conclusions: [] });
  });
});

describe('cached', () => {
  it('computes once per case object', () => {
    let calls = 0;
    const square = cached(({ x }: { x: number }) => {
      calls += 1;
      return x * x;
    });
    const instance = { x: 3 };
    expect([square(instance), square(instance), square({ x: 3 }), calls]).toEqual([9, 9, 9, 2]);
  });
});
