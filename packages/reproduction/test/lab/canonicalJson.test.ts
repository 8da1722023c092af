import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, canonicalValue } from '../../src/lab/canonicalJson.ts';
import type { Json } from '../../src/lab/result.ts';

describe('canonicalJson', () => {
  it('sorts keys by UTF-16 units and writes shortest numbers, as RFC 8785 has it', () => {
    expect(canonicalJson({ b: 1e21, a: [0.1, -0, 1e-7], '\u20ac': '\u000f', '1': null })).toBe(
      '{"1":null,"a":[0.1,0,1e-7],"b":1e+21,"€":"\\u000f"}',
    );
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const once = canonicalValue(value as Json);
        expect(once).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(once)).toBe(canonicalJson(value as Json));
      }),
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %s and tells where it stands', (bad) => {
    expect(() => canonicalJson({ a: [1, { loss: bad }] }, ['values'])).toThrow(
      expect.objectContaining({ code: 'non-finite-number', path: ['values', 'a', 1, 'loss'] }),
    );
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  it.each([undefined, () => 1, 1n, Symbol('s'), new Date(0), new Map(), new Float64Array(2), cycle])(
    'refuses what JSON cannot hold: %s',
    (bad) => {
      expect(() => canonicalJson({ a: bad as Json })).toThrow(expect.objectContaining({ code: 'not-json' }));
    },
  );

  it('takes one object in two places, which is no cycle', () => {
    const shared = { x: 1 };
    expect(canonicalJson({ a: shared, b: shared })).toBe('{"a":{"x":1},"b":{"x":1}}');
  });
});
