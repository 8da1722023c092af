import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import { lossesAndGradients } from '../../../src/engines/reference/lossesAndGradients.ts';
import { wasmEngine } from '../../../src/engines/wasm/index.ts';
import { parameterNames, type ToyParameters } from '../../../src/model/toyParameters.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { initialState } from '../../../src/training/initialState.ts';

const config: fc.Arbitrary<ToyConfig> = fc
  .record({
    features: fc.integer({ min: 1, max: 45 }),
    dimension: fc.integer({ min: 1, max: 25 }),
    head: fc.double({ min: 0, max: 1, noNaN: true }),
    keys: fc.integer({ min: 1, max: 9 }),
    batchKeys: fc.integer({ min: 9, max: 300 }),
    featureProbability: fc.double({ min: 0.05, max: 1, noNaN: true }),
    attentionWeight: fc.constantFrom(0, 0.5, 4),
    reconstruction: fc.constantFrom('sum' as const, 'mean' as const),
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
    return parseToyConfig({
      ...rest,
      features,
      dimension,
      headDimension,
      targets,
      attentionWeight: headDimension === 0 ? 0 : attentionWeight,
      rotary: turns
        ? { base: 100, positional: targets.length > 0 && headDimension >= 4 ? [targets.length - 1] : [] }
        : null,
      // A frozen dictionary needs a shape of its own; the parameters here are drawn anyway.
      freezeFeatures: freeze && headDimension > 0,
      importance: uneven ? Array.from({ length: features }, (_, i) => 1 / (i + 1)) : 1,
    });
  });

describe('wasm gradients', () => {
  it('agree with the reference within 1e-5, relative, in every parameter and every loss', async () => {
    await fc.assert(
      fc.asyncProperty(config, async (config) => {
        const { freezeFeatures, ...free } = config;
        const start = initialState({ ...free, freezeFeatures: false });
        // A bias away from 0, so that its part shows; float32 values, as an engine holds them.
        start.parameters.b.forEach((_, i) => {
          start.parameters.b[i] = Math.fround(0.1 * ((i % 5) - 2));
        });
        const sampler = new TokenSampler(start.sampler, config.features, config.featureProbability);
        const batch = drawBatch(config, sampler);
        const session = await wasmEngine.open(config, start);
        const found = await session.evaluate(batch);
        const wanted = lossesAndGradients(config, start.parameters, batch);
        for (const name of parameterNames) {
          expect(distance(name, found.gradients, wanted.gradients), `∂L/∂${name}`).toBeLessThanOrEqual(1e-5);
        }
        const { reconstruction, attention, klDivergence, total } = wanted.losses;
        const scale = 1 + attention;
        expect(found.losses.reconstruction).toBeCloseTo(reconstruction, 4);
        expect(Math.abs(found.losses.attention - attention) / scale).toBeLessThan(1e-5);
        expect(Math.abs(found.losses.klDivergence - klDivergence) / scale).toBeLessThan(1e-5);
        expect(Math.abs(found.losses.total - total) / (1 + total)).toBeLessThan(1e-5);
      }),
      { numRuns: 300 },
    );
  });
});

/** Largest difference over the largest magnitude. */
function distance(name: keyof ToyParameters, found: ToyParameters, wanted: ToyParameters): number {
  const largest = wanted[name].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const difference = wanted[name].reduce((most, x, i) => Math.max(most, Math.abs(x - found[name][i])), 0);
  return difference / Math.max(largest, 1e-4);
}
