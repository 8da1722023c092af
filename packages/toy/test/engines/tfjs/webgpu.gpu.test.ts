import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { lossesAndGradients, referenceEngine } from '../../../src/engines/reference/index.ts';
import { probeBackend, tfjsEngine } from '../../../src/engines/tfjs/index.ts';
import { importTensorflow } from '../../../src/engines/tfjs/tensorflow.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { initialState } from '../../../src/training/initialState.ts';
import { toyCases } from '../toyCases.ts';
import { expectSameGradients } from './expectSameGradients.ts';
import { useSoftwareVulkan } from './softwareVulkan.ts';
import { stateAt } from './stateAt.ts';

describe('tfjs:webgpu', () => {
  beforeAll(async () => {
    useSoftwareVulkan();
    const { ok, detail } = await probeBackend('webgpu');
    if (!ok) throw new Error(`${detail}. Install a driver with \`apt-get install chromium libvulkan1\`.`);
  });

  test('gradients agree with the reference to 1e-4, over odd shapes and every option', async () => {
    await fc.assert(
      fc.asyncProperty(toyCases, async ({ config, parameters, batch }) => {
        const session = await tfjsEngine('webgpu').open(config, stateAt(config, parameters));
        const computed = await session.evaluate(batch);
        session.dispose();
        expectSameGradients(computed, lossesAndGradients(config, parameters, batch));
      }),
      { numRuns: 20 },
    );
  });

  test('training follows the reference, at sizes that fill whole workgroups', async () => {
    const config = parseToyConfig({ batchKeys: 400, steps: 10, seed: 2 });
    const sampler = new TokenSampler(initialSamplerState(8), config.features, config.featureProbability);
    const batch = drawBatch(config, sampler);
    const reference = await referenceEngine.open(config, initialState(config));
    const session = await tfjsEngine('webgpu').open(config, initialState(config));
    await Promise.all([reference.advance(10), session.advance(10)]);
    const [expected, computed] = [await reference.evaluate(batch), await session.evaluate(batch)];
    for (const name of ['total', 'reconstruction', 'attention', 'klDivergence'] as const) {
      const error = Math.abs(computed.losses[name] - expected.losses[name]);
      expect(error, name).toBeLessThanOrEqual(1e-4 * Math.abs(expected.losses[name]));
    }
    session.dispose();
  });

  test('steps leave no tensors behind, and a resumed run ends as one that was not interrupted', async () => {
    const tf = await importTensorflow('webgpu');
    const config = parseToyConfig({ features: 12, batchKeys: 64, steps: 5 });
    const empty = tf.memory().numTensors;
    const whole = await tfjsEngine('webgpu').open(config, initialState(config));
    const opened = tf.memory().numTensors;
    await whole.advance(5);
    expect(tf.memory().numTensors).toBe(opened);
    const first = await tfjsEngine('webgpu').open(config, initialState(config));
    await first.advance(3);
    const second = await tfjsEngine('webgpu').open(config, await first.state());
    await second.advance(2);
    expect(await second.state()).toEqual(await whole.state());
    for (const session of [whole, first, second]) session.dispose();
    expect(tf.memory().numTensors).toBe(empty);
  });
});
