import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import type { ToyConfig, ToyConfigInput } from '../../../src/config/toyConfig.ts';
import { referenceEngine } from '../../../src/engines/reference/index.ts';
import { tfjsEngine } from '../../../src/engines/tfjs/index.ts';
import { importTensorflow } from '../../../src/engines/tfjs/tensorflow.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { initialState } from '../../../src/training/initialState.ts';

const small = { features: 12, dimension: 7, headDimension: 6, batchKeys: 70, steps: 50, seed: 5 } as const;

const models: readonly (readonly [string, ToyConfigInput])[] = [
  ['the default targets', {}],
  [
    'the averaged reconstruction loss and uneven importance',
    { reconstruction: 'mean', importance: [...Array(12).keys()] },
  ],
  ['rotary positions', { keys: 8, rotary: { positional: [1] } }],
  [
    'frozen features and scaled logits',
    { dimension: 9, freezeFeatures: true, scaledLogits: true, schedule: 'constant' },
  ],
  ['no head', { headDimension: 0, keys: 1, attentionWeight: 0, targets: [] }],
  ['a head without targets', { targets: [], keys: 3 }],
];

/** A batch that neither run trains on. */
function heldOut(config: ToyConfig) {
  const state = initialSamplerState(config.seed, 'test/held-out');
  return drawBatch(config, new TokenSampler(state, config.features, config.featureProbability));
}

describe.each(['cpu', 'wasm'] as const)('training on tfjs:%s', (backend) => {
  test.each(models)('follows the reference for 50 steps: %s', async (_, settings) => {
    const config = parseToyConfig({ ...small, ...settings });
    const batch = heldOut(config);
    const reference = await referenceEngine.open(config, initialState(config));
    const session = await tfjsEngine(backend).open(config, initialState(config));
    for (let step = 0; step <= 50; step += 10) {
      const [expected, computed] = [await reference.evaluate(batch), await session.evaluate(batch)];
      for (const name of ['total', 'reconstruction', 'attention', 'klDivergence'] as const) {
        const error = Math.abs(computed.losses[name] - expected.losses[name]);
        expect(error, `${name} after ${step} steps`).toBeLessThanOrEqual(
          1e-4 * Math.max(0.1, Math.abs(expected.losses[name])),
        );
      }
      await Promise.all([reference.advance(10), session.advance(10)]);
    }
    const state = await session.state();
    expect(state.step).toBe(60);
    expect(state.sampler).toEqual((await reference.state()).sampler);
    session.dispose();
  });

  test('a run resumed from its state ends bit for bit as one that was not interrupted', async () => {
    const config = parseToyConfig(small);
    const whole = await tfjsEngine(backend).open(config, initialState(config));
    await whole.advance(9);
    const first = await tfjsEngine(backend).open(config, initialState(config));
    await first.advance(4);
    const second = await tfjsEngine(backend).open(config, await first.state());
    await second.advance(5);
    expect(await second.state()).toEqual(await whole.state());
    for (const session of [whole, first, second]) session.dispose();
  });

  test.each(models)(
    'holds no more tensors after steps than before, and none after dispose: %s',
    async (_, settings) => {
      const tf = await importTensorflow(backend);
      const config = parseToyConfig({ ...small, ...settings });
      const batch = heldOut(config);
      await (await tfjsEngine(backend).open(config, initialState(config))).dispose();
      const empty = tf.memory().numTensors;
      const session = await tfjsEngine(backend).open(config, initialState(config));
      const opened = tf.memory().numTensors;
      expect(opened).toBeGreaterThan(empty);
      await session.advance(7);
      expect(tf.memory().numTensors).toBe(opened);
      await session.evaluate(batch);
      await session.state();
      expect(tf.memory().numTensors).toBe(opened);
      session.dispose();
      expect(tf.memory().numTensors).toBe(empty);
    },
  );
});

test('sessions on different backends train side by side without disturbing each other', async () => {
  const config = parseToyConfig({ ...small, steps: 120 });
  const alone = async (backend: 'cpu' | 'wasm') => {
    const session = await tfjsEngine(backend).open(config, initialState(config));
    await session.advance(120);
    const state = await session.state();
    session.dispose();
    return state;
  };
  const expected = [await alone('cpu'), await alone('wasm')];
  expect(await Promise.all([alone('cpu'), alone('wasm')])).toEqual(expected);
});
