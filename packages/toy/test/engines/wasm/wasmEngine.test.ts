import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../../src/config/parseToyConfig.ts';
import type { ToyConfig } from '../../../src/config/toyConfig.ts';
import { referenceEngine } from '../../../src/engines/reference/index.ts';
import type { TrainingEngine, TrainingState } from '../../../src/engines/trainingEngine.ts';
import { wasmEngine } from '../../../src/engines/wasm/index.ts';
import { alignmentSummary } from '../../../src/measure/alignmentSummary.ts';
import { parameterNames } from '../../../src/model/toyParameters.ts';
import { drawBatch } from '../../../src/sampling/batch.ts';
import { TokenSampler } from '../../../src/sampling/tokenSampler.ts';
import { initialState } from '../../../src/training/initialState.ts';
import { arbitraryConfig } from './arbitraryConfig.ts';
import { relativeDistance } from './relativeDistance.ts';
import { startingState } from './startingState.ts';

async function after(
  engine: TrainingEngine,
  config: ToyConfig,
  start: TrainingState,
  steps: number,
): Promise<TrainingState> {
  const session = await engine.open(config, start);
  await session.advance(steps);
  const state = await session.state();
  session.dispose();
  return state;
}

/** Some steps done, with second moments away from 0: there, AdamW makes a whole step of a rounding error. */
function underWay(state: TrainingState): TrainingState {
  for (const name of parameterNames) {
    state.firstMoment[name].forEach((_, i) => {
      state.firstMoment[name][i] = Math.fround(0.02 * ((i % 7) - 3));
      state.secondMoment[name][i] = Math.fround(0.01 * (1 + (i % 3)));
    });
  }
  return { ...state, step: 5 };
}

describe('wasmEngine', () => {
  it('resumes from a state to the same bits as an uninterrupted run', async () => {
    const lengths = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 }));
    await fc.assert(
      fc.asyncProperty(arbitraryConfig, lengths, async (config, [first, second]) => {
        const start = startingState(config);
        const whole = await after(wasmEngine, config, start, first + second);
        const middle = await after(wasmEngine, config, start, first);
        expect(await after(wasmEngine, config, middle, second)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('takes the steps that the reference takes', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryConfig, async (config) => {
        const start = underWay(startingState(config));
        const found = await after(wasmEngine, config, start, 2);
        const wanted = await after(referenceEngine, config, start, 2);
        expect(found.sampler).toEqual(wanted.sampler);
        expect(found.step).toBe(wanted.step);
        for (const part of ['parameters', 'firstMoment', 'secondMoment'] as const) {
          for (const name of parameterNames) {
            const difference = relativeDistance(found[part], wanted[part], name);
            expect(difference, `${part}.${name}`).toBeLessThanOrEqual(2e-5);
          }
        }
      }),
      // A fixed seed: once in some thousand runs a pre-activation is so near 0 that rounding decides its side.
      { numRuns: 60, seed: 1 },
    );
  });

  it('holds a frozen dictionary to the bit', async () => {
    const config = parseToyConfig({ freezeFeatures: true, learningRate: 0.01, schedule: 'constant' });
    const start = initialState(config);
    const { parameters } = await after(wasmEngine, config, start, 50);
    expect(parameters.W).toEqual(start.parameters.W.map(Math.fround));
    expect(parameters.b).toEqual(start.parameters.b);
    expect(parameters.A).not.toEqual(start.parameters.A);
  });

  it('changes nothing when it evaluates', async () => {
    const config = parseToyConfig({});
    const start = initialState(config);
    const session = await wasmEngine.open(config, start);
    await session.advance(3);
    const before = await session.state();
    const sampler = new TokenSampler(start.sampler, config.features, config.featureProbability);
    await session.evaluate(drawBatch(config, sampler));
    expect(await session.state()).toEqual(before);
  });

  it('gives the same weights on every machine: their hash after 300 steps is pinned', async () => {
    const config = parseToyConfig({ seed: 7 });
    const { parameters } = await after(wasmEngine, config, initialState(config), 300);
    const hash = createHash('sha256');
    for (const name of parameterNames) hash.update(new Uint8Array(parameters[name].buffer));
    expect(hash.digest('hex')).toBe('2fd0f738d28db251bdde1f7cd6588867ab2bb3a33c252dd2c02844453b786326');
  });

  it('aligns features and singular vectors in 10 000 steps', async () => {
    const config = parseToyConfig({ seed: 7 });
    const { parameters } = await after(wasmEngine, config, initialState(config), config.steps);
    expect(alignmentSummary(config, parameters).mean).toBeGreaterThan(0.999);
  });

  it('refuses a model that no memory holds, by name', async () => {
    const config = parseToyConfig({ batchKeys: 1_048_576, features: 4096, targets: [] });
    const small = initialState(parseToyConfig({ targets: [] }));
    await expect(wasmEngine.open(config, small)).rejects.toMatchObject({
      name: 'SvfError',
      code: 'out-of-memory',
    });
  });

  it('refuses a batch of another size', async () => {
    const config = parseToyConfig({});
    const session = await wasmEngine.open(config, initialState(config));
    const batch = { queries: 3, keyStrengths: new Float64Array(240), queryStrengths: new Float64Array(60) };
    await expect(session.evaluate(batch)).rejects.toMatchObject({ name: 'SvfError', code: 'bad-batch' });
  });

  it('trains wide models', async () => {
    const config = parseToyConfig({ features: 1030, dimension: 33, headDimension: 7, batchKeys: 64 });
    const start = initialState(config);
    const { parameters, step } = await after(wasmEngine, config, start, 2);
    expect(step).toBe(2);
    for (const name of parameterNames) expect(parameters[name].every(Number.isFinite), name).toBe(true);
  });
});
