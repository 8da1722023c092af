import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/lab/canonicalJson.ts';
import type { Json, JsonObject } from '../../src/lab/result.ts';
import { taskKey } from '../../src/lab/taskKey.ts';

const config = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<JsonObject>;
const identity = fc.record({
  experiment: fc.string(),
  version: fc.nat(),
  config,
  inputs: fc.dictionary(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/)),
});

/** The same value with the keys of every object in reverse. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('taskKey', () => {
  it('is the sha256 of the canonical identity', () => {
    // printf '{"config":{"a":1,"b":[2]},"experiment":"fig-03","inputs":{},"version":1}' | sha256sum
    expect(taskKey({ experiment: 'fig-03', version: 1, config: { b: [2], a: 1 } })).toBe(
      '130ed15f60e5ceb3eb1185f018df0982d437e64a041db2d51c4d7aea0733acbf',
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(identity, (one) => {
        expect(taskKey({ ...one, config: reversed(one.config) as JsonObject })).toBe(taskKey(one));
      }),
    );
  });

  it('differs wherever experiment, version, config or inputs differ', () => {
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        for (const part of ['experiment', 'version', 'config', 'inputs'] as const) {
          const mixed = { ...one, [part]: other[part] };
          const same = canonicalJson(mixed) === canonicalJson(one);
          expect(taskKey(mixed) === taskKey(one)).toBe(same);
        }
      }),
    );
  });

  it('differs for two seeds, and for a number and its text', () => {
    const key = (seed: Json) => taskKey({ experiment: 'e', version: 1, config: { seed } });
    expect(new Set([key(7), key(8), key('7'), key([7]), key(null)]).size).toBe(5);
  });

  it('takes left-out inputs for none', () => {
    const one = { experiment: 'e', version: 1, config: {} };
    expect(taskKey(one)).toBe(taskKey({ ...one, inputs: {} }));
  });

  it('refuses a config that is not JSON, by path', () => {
    expect(() => taskKey({ experiment: 'e', version: 1, config: { rate: Number.NaN } })).toThrow(
      expect.objectContaining({ code: 'non-finite-number', path: ['config', 'rate'] }),
    );
  });
});
