import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import { referenceEngine } from '../../../src/engines/reference/index.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { initialSamplerState, TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { initialState } from '../../../src/training/initialState.ts';

const small = { features: 8, dimension: 5, headDimension: 4, batchKeys: 22, steps: 40, seed: 3 } as const;

async function trained(
  config: ReturnType<typeof parseToyConfig>,
  steps: number,
  from = initialState(config),
) {
  const session = await referenceEngine.open(config, from);
  await session.advance(steps);
  const state = await session.state();
  session.dispose();
  return state;
}

describe('referenceEngine', () => {
  test('a run resumed from its state ends bit for bit as one that was not interrupted', async () => {
    const plain = fc.record({
      keys: fc.integer({ min: 1, max: 5 }),
      headDimension: fc.constantFrom(0, 2, 4),
      seed: fc.nat(),
      cut: fc.integer({ min: 0, max: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(plain, async ({ cut, ...settings }) => {
        const head = settings.headDimension > 0;
        const config = parseToyConfig({
          ...small,
          ...settings,
          attentionWeight: head ? 4 : 0,
          targets: head ? [{ query: 1, key: 2, target: 5 }] : [],
          steps: 12,
        });
        const whole = await trained(config, 12);
        const resumed = await trained(config, 12 - cut, await trained(config, cut));
        expect(resumed).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('a state is a copy: training on does not change it, nor does changing it change training', async () => {
    const config = parseToyConfig(small);
    const start = initialState(config);
    const session = await referenceEngine.open(config, start);
    await session.advance(2);
    const state = await session.state();
    const before = structuredClone(state);
    state.parameters.W.fill(0);
    await session.advance(1);
    expect((await session.state()).parameters.W).not.toEqual(state.parameters.W);
    expect(state.sampler).toEqual(before.sampler);
    expect(start).toEqual(initialState(config));
  });

  test('the first step of AdamW moves every parameter by the rate against its gradient’s sign', async () => {
    const config = parseToyConfig({ ...small, weightDecay: 0, schedule: 'constant' });
    const start = initialState(config);
    const after = await trained(config, 1, start);
    for (const name of ['W', 'b', 'A', 'B'] as const) {
      const moved = start.parameters[name].map((value, i) => after.parameters[name][i] - value);
      const moving = moved.filter((_, i) => Math.abs(after.firstMoment[name][i]) > 1e-5);
      expect(moving.length).toBeGreaterThan(0);
      for (const distance of moving) expect(Math.abs(distance)).toBeCloseTo(1e-3, 6);
      moved.forEach((distance, i) => {
        if (distance !== 0) expect(Math.sign(distance)).toBe(-Math.sign(after.firstMoment[name][i]));
      });
    }
  });

  test('weight decay is decoupled: where nothing is to be learned, weights shrink by 1 − ηω a step', async () => {
    const config = parseToyConfig({
      ...small,
      importance: 0,
      attentionWeight: 0,
      weightDecay: 0.5,
      learningRate: 0.1,
      schedule: 'constant',
    });
    const start = initialState(config);
    const after = await trained(config, 3, start);
    after.parameters.W.forEach((value, i) => {
      expect(value).toBeCloseTo(start.parameters.W[i] * 0.95 ** 3, 14);
    });
  });

  test('frozen features stay where they are while the head learns', async () => {
    const config = parseToyConfig({
      ...small,
      features: 12,
      targets: [{ query: 0, key: 1, target: 9 }],
      freezeFeatures: true,
    });
    const start = initialState(config);
    const after = await trained(config, 3, start);
    expect(after.parameters.W).toEqual(start.parameters.W);
    expect(after.parameters.b).toEqual(start.parameters.b);
    expect(after.parameters.A).not.toEqual(start.parameters.A);
    expect(after.firstMoment.W).toEqual(start.firstMoment.W);
  });

  test('training lowers both losses on tokens it has not seen', async () => {
    const config = parseToyConfig({ ...small, batchKeys: 64, learningRate: 1e-2, steps: 200 });
    const sampler = new TokenSampler(initialSamplerState(99), config.features, config.featureProbability);
    const unseen = drawBatch(config, sampler);
    const session = await referenceEngine.open(config, initialState(config));
    const before = (await session.evaluate(unseen)).losses;
    await session.advance(200);
    const after = (await session.evaluate(unseen)).losses;
    expect(after.reconstruction).toBeLessThan(0.7 * before.reconstruction);
    expect(after.klDivergence).toBeLessThan(0.7 * before.klDivergence);
  });
});
