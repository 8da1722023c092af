import fc from 'fast-check';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import type { ToyConfig } from '../../../src/config/toyConfig.ts';

/** Configurations of every kind, with shapes that are no multiple of a vector's four lanes or of a block. */
export const arbitraryConfig: fc.Arbitrary<ToyConfig> = fc
  .record({
    features: fc.integer({ min: 1, max: 45 }),
    dimension: fc.integer({ min: 1, max: 25 }),
    head: fc.double({ min: 0, max: 1, noNaN: true }),
    keys: fc.integer({ min: 1, max: 9 }),
    batchKeys: fc.integer({ min: 9, max: 300 }),
    featureProbability: fc.double({ min: 0.2, max: 1, noNaN: true }),
    attentionWeight: fc.constantFrom(0, 0.5, 4),
    reconstruction: fc.constantFrom('sum' as const, 'mean' as const),
    schedule: fc.constantFrom('cosine' as const, 'constant' as const),
    scaledLogits: fc.boolean(),
    freeze: fc.boolean(),
    rotary: fc.boolean(),
    uneven: fc.boolean(),
    pairs: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.double({ min: -5, max: 20, noNaN: true })), {
      maxLength: 8,
    }),
    seed: fc.integer(),
  })
  .map(({ features, dimension, head, rotary, freeze, uneven, pairs, attentionWeight, ...rest }) => {
    const turns = rotary && dimension > 1;
    const anyHead = Math.round(head * dimension);
    const headDimension = turns ? Math.max(2, anyHead - (anyHead % 2)) : anyHead;
    const listed = new Map(
      pairs.map(([query, key, target]) => [
        `${query % features},${key % features}`,
        { query: query % features, key: key % features, target },
      ]),
    );
    const targets = headDimension === 0 ? [] : [...listed.values()];
    const positional = targets.length > 0 && headDimension >= 4 ? [targets.length - 1] : [];
    return parseToyConfig({
      ...rest,
      features,
      dimension,
      headDimension,
      targets,
      attentionWeight: headDimension === 0 ? 0 : attentionWeight,
      rotary: turns ? { base: 100, positional } : null,
      freezeFeatures: freeze && headDimension > 0,
      importance: uneven ? Array.from({ length: features }, (_, i) => 1 / (i + 1)) : 1,
    });
  });
