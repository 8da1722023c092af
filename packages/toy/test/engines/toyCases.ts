import { randomStream } from '@svf-alignment/core';
import fc from 'fast-check';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import type { ToyConfig } from '../../src/config/toyConfig.ts';
import { type ToyParameters, zeroParameters } from '../../src/model/toyParameters.ts';
import { type Batch, drawBatch } from '../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../src/sampling/tokenSampler.ts';

/** A small model at a random point: what gradients are compared on. */
export interface ToyCase {
  readonly config: ToyConfig;
  readonly parameters: ToyParameters;
  readonly batch: Batch;
}

/** Configurations of odd shapes that use everything a configuration can say; H ≤ D, m need not divide the batch. */
const configs: fc.Arbitrary<ToyConfig> = fc
  .record({
    features: fc.integer({ min: 1, max: 9 }),
    dimension: fc.integer({ min: 1, max: 6 }),
    keys: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ features, dimension, keys }) =>
    fc
      .record({
        headDimension: fc.integer({ min: 0, max: dimension }),
        batchKeys: fc.integer({ min: keys, max: 4 * keys + 3 }),
        featureProbability: fc.double({ min: 0.05, max: 1, noNaN: true }),
        attentionWeight: fc.constantFrom(0, 0.5, 4),
        reconstruction: fc.constantFrom('mean' as const, 'sum' as const),
        targets: fc.uniqueArray(
          fc.record({
            query: fc.integer({ min: 0, max: features - 1 }),
            key: fc.integer({ min: 0, max: features - 1 }),
            target: fc.double({ min: -6, max: 12, noNaN: true }),
          }),
          { selector: ({ query, key }) => `${query},${key}`, maxLength: 4 },
        ),
        positional: fc.boolean(),
        scaledLogits: fc.boolean(),
        rotaryBase: fc.option(fc.double({ min: 2, max: 10_000, noNaN: true })),
        freezeFeatures: fc.boolean(),
        importance: fc.oneof(
          fc.constant(1),
          fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: features, maxLength: features }),
        ),
        seed: fc.integer({ min: 0, max: 1_000_000 }),
      })
      .map(({ positional, rotaryBase, ...rest }) => {
        const H = rest.headDimension;
        const turns = rotaryBase !== null && H > 0 && H % 2 === 0;
        return parseToyConfig({
          ...rest,
          features,
          dimension,
          keys,
          attentionWeight: H === 0 ? 0 : rest.attentionWeight,
          targets: H === 0 ? [] : rest.targets,
          rotary: turns
            ? { base: rotaryBase, positional: positional && H >= 4 && rest.targets.length > 0 ? [0] : [] }
            : null,
        });
      }),
  );

/** Parameters are float32 numbers, so that every engine is at the same point; b is random, so that relu's kinks are rarely near. */
export function toyCase(config: ToyConfig): ToyCase {
  const random = randomStream(config.seed, 'test/parameters');
  const parameters = zeroParameters(config);
  for (const [values, scale] of [
    [parameters.W, 0.7],
    [parameters.b, 0.4],
    [parameters.A, 0.8],
    [parameters.B, 0.8],
  ] as const) {
    for (let i = 0; i < values.length; i += 1) values[i] = Math.fround(scale * random.normal());
  }
  const sampler = new TokenSampler(
    initialSamplerState(config.seed),
    config.features,
    config.featureProbability,
  );
  return { config, parameters, batch: drawBatch(config, sampler) };
}

export const toyCases: fc.Arbitrary<ToyCase> = configs.map(toyCase);

export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

export function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
