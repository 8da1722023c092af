import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { batchSize, drawBatch } from '../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../src/sampling/tokenSampler.ts';

test('a batch holds floor(batchKeys / m) queries of m keys, whether m divides batchKeys or not', () => {
  expect(batchSize({ batchKeys: 1024, keys: 4 })).toEqual({ queries: 256, keys: 1024 });
  expect(batchSize({ batchKeys: 1024, keys: 40 })).toEqual({ queries: 25, keys: 1000 });
  expect(batchSize({ batchKeys: 5, keys: 5 })).toEqual({ queries: 1, keys: 5 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 200 }), (keys, more) => {
      const size = batchSize({ batchKeys: keys + more, keys });
      expect(size.keys).toBe(size.queries * keys);
      expect(keys + more - size.keys).toBeLessThan(keys);
    }),
  );
});

test('the key tokens are drawn first, then the queries', () => {
  const config = parseToyConfig({ features: 6, batchKeys: 11, keys: 3, targets: [] });
  const sampler = () => new TokenSampler(initialSamplerState(7), 6, config.featureProbability);
  const batch = drawBatch(config, sampler());
  expect(batch.queries).toBe(3);
  expect([...batch.keyStrengths, ...batch.queryStrengths]).toEqual([...sampler().draw(9 + 3)]);
  expect(batch.keyStrengths.length).toBe(9 * 6);
});

test('a model without a head draws no queries, so that its next batch follows at once', () => {
  const config = parseToyConfig({
    features: 6,
    batchKeys: 8,
    keys: 1,
    headDimension: 0,
    targets: [],
    attentionWeight: 0,
  });
  const sampler = () => new TokenSampler(initialSamplerState(7), 6, config.featureProbability);
  const drawn = sampler();
  const batches = [drawBatch(config, drawn), drawBatch(config, drawn)];
  expect(batches.map((batch) => batch.queryStrengths.length)).toEqual([0, 0]);
  expect(batches.flatMap((batch) => [...batch.keyStrengths])).toEqual([...sampler().draw(16)]);
});
