import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { presets } from '../../../src/config/presets.ts';
import { lossesAndGradients } from '../../../src/engines/reference/lossesAndGradients.ts';
import { wasmEngine } from '../../../src/engines/wasm/index.ts';
import { parameterNames, type ToyParameters } from '../../../src/model/toyParameters.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { arbitraryConfig } from './arbitraryConfig.ts';
import { startingState } from './startingState.ts';

describe('wasm gradients', () => {
  it('agree with the reference within 1e-5, relative, in every parameter and every loss', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConfig, async (config) => {
        const start = startingState(config);
        const sampler = new TokenSampler(start.sampler, config.features, config.featureProbability);
        const batch = drawBatch(config, sampler);
        const session = await wasmEngine.open(config, start);
        const found = await session.evaluate(batch);
        const wanted = lossesAndGradients(config, start.parameters, batch);
        for (const name of parameterNames) {
          const difference = distance(found.gradients, wanted.gradients, name);
          expect(difference, `∂L/∂${name}`).toBeLessThanOrEqual(1e-5);
        }
        const { total } = wanted.losses;
        for (const name of ['total', 'reconstruction', 'attention', 'klDivergence'] as const) {
          const difference = Math.abs(found.losses[name] - wanted.losses[name]);
          expect(difference / (1 + total), name).toBeLessThanOrEqual(1e-5);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('agree with the reference on the presets', async () => {
    for (const preset of Object.values(presets)) {
      const config = parseToyConfig(preset);
      const start = startingState(config);
      const sampler = new TokenSampler(start.sampler, config.features, config.featureProbability);
      const batch = drawBatch(config, sampler);
      const session = await wasmEngine.open(config, start);
      const found = await session.evaluate(batch);
      const wanted = lossesAndGradients(config, start.parameters, batch);
      for (const name of parameterNames) {
        expect(distance(found.gradients, wanted.gradients, name), name).toBeLessThanOrEqual(1e-5);
      }
    }
  });
});

/** Largest difference over the largest magnitude; below a magnitude of 1e-4, absolute in that unit. */
function distance(found: ToyParameters, wanted: ToyParameters, name: keyof ToyParameters): number {
  const largest = wanted[name].reduce((most, x) => Math.max(most, Math.abs(x)), 1e-4);
  return wanted[name].reduce((most, x, i) => Math.max(most, Math.abs(x - found[name][i])), 0) / largest;
}
