import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantiateKernels } from '../../../src/engines/wasm/kernels.ts';
import { ModelMemory } from '../../../src/engines/wasm/modelMemory.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { arbitraryConfig } from './arbitraryConfig.ts';

describe('the wasm sampler', () => {
  it('draws the batches of TokenSampler, bit for bit, one after another', () => {
    fc.assert(
      fc.property(arbitraryConfig, (config) => {
        const model = new ModelMemory(config);
        const kernels = instantiateKernels(model.memory);
        const state = initialSamplerState(config.seed);
        model.words('sampler', 16).set(state);
        const sampler = new TokenSampler(state, config.features, config.featureProbability);
        for (let batch = 0; batch < 2; batch += 1) {
          kernels.draw(model.plan);
          expect(model.readBatch()).toEqual(drawBatch(config, sampler));
          expect(model.words('sampler', 16)).toEqual(state);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reads back the batch that was written', () => {
    fc.assert(
      fc.property(arbitraryConfig, (config) => {
        const model = new ModelMemory(config);
        const sampler = new TokenSampler(
          initialSamplerState(config.seed),
          config.features,
          config.featureProbability,
        );
        const batch = drawBatch(config, sampler);
        model.writeBatch(batch);
        expect(model.readBatch()).toEqual(batch);
      }),
      { numRuns: 50 },
    );
  });
});
