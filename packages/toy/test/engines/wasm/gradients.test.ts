import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { presets } from '../../../src/config/presets.ts';
import { lossesAndGradients } from '../../../src/engines/reference/lossesAndGradients.ts';
import { wasmEngine } from '../../../src/engines/wasm/index.ts';
import { parameterNames } from '../../../src/model/toyParameters.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { arbitraryConfig } from './arbitraryConfig.ts';
import { isWellConditioned } from './isWellConditioned.ts';
import { relativeDistance } from './relativeDistance.ts';
import { startingState } from './startingState.ts';

const TOLERANCE = 1e-5;

describe('wasm gradients', () => {
  it('agree with the reference within 1e-5, relative, in every parameter and every loss', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConfig, async (config) => {
        const start = startingState(config);
        const sampler = new TokenSampler(start.sampler, config.features, config.featureProbability);
        const batch = drawBatch(config, sampler);
        const wanted = lossesAndGradients(config, start.parameters, batch);
        fc.pre(isWellConditioned(config, start.parameters, batch, wanted.gradients, 0.5 * TOLERANCE));
        const session = await wasmEngine.open(config, start);
        const found = await session.evaluate(batch);
        for (const name of parameterNames) {
          const difference = relativeDistance(found.gradients, wanted.gradients, name);
          expect(difference, `∂L/∂${name}`).toBeLessThanOrEqual(TOLERANCE);
        }
        const { total } = wanted.losses;
        for (const name of ['total', 'reconstruction', 'attention', 'klDivergence'] as const) {
          const difference = Math.abs(found.losses[name] - wanted.losses[name]);
          expect(difference / (1 + total), name).toBeLessThanOrEqual(TOLERANCE);
        }
      }),
      { numRuns: 200 },
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
        expect(relativeDistance(found.gradients, wanted.gradients, name), name).toBeLessThanOrEqual(
          TOLERANCE,
        );
      }
    }
  });
});
