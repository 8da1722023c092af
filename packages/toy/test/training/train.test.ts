import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToyConfig } from '../../src/config/parseToyConfig.ts';
import { referenceEngine } from '../../src/engines/reference/referenceEngine.ts';
import type { TrainingEngine } from '../../src/engines/trainingEngine.ts';
import { wasmEngine } from '../../src/engines/wasm/index.ts';
import { everySteps } from '../../src/training/snapshot.ts';
import { type Checkpoint, train } from '../../src/training/train.ts';

const small = parseToyConfig({
  features: 7,
  dimension: 4,
  headDimension: 3,
  keys: 3,
  batchKeys: 30,
  targets: [{ query: 0, key: 5, target: 8 }],
  steps: 40,
  seed: 3,
});
const engines: TrainingEngine[] = [referenceEngine, wasmEngine];

describe.each(engines)('train with $name', (engine) => {
  it('takes the snapshots asked for, the first and the last step included', async () => {
    const { snapshots, state } = await train(small, { engine, snapshotAt: everySteps(15, small.steps) });
    expect(snapshots.map(({ step }) => step)).toEqual([0, 15, 30, 40]);
    expect(snapshots.at(-1)?.parameters).toEqual(state.parameters);
    expect(snapshots[0].losses.total).not.toBe(snapshots[3].losses.total);
  });

  it('ends the same whether or not it was interrupted, snapshots included', async () => {
    const snapshotAt = everySteps(10, small.steps);
    const whole = await train(small, { engine, snapshotAt });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: small.steps - 1 }), async (stop) => {
        const stopping = new AbortController();
        let checkpoint: Checkpoint | undefined;
        const interrupted = train(small, {
          engine,
          snapshotAt: [...snapshotAt, stop],
          signal: stopping.signal,
          onProgress: (step) => {
            if (step >= stop) stopping.abort();
          },
          onCheckpoint: (reached) => {
            checkpoint = reached;
          },
        });
        await expect(interrupted).rejects.toThrow(/abort/i);
        if (checkpoint === undefined) throw new Error('no checkpoint was given');
        const kept = checkpoint.snapshots.filter(({ step }) => snapshotAt.includes(step));
        const resumed = await train(small, {
          engine,
          snapshotAt,
          from: { state: checkpoint.state, snapshots: kept },
        });
        expect(resumed.state).toEqual(whole.state);
        expect(resumed.snapshots).toEqual(whole.snapshots);
        expect(resumed.losses).toEqual(whole.losses);
      }),
      { numRuns: 8 },
    );
  });

  it('lowers the losses it trains on', async () => {
    const { snapshots } = await train({ ...small, steps: 400 }, { engine, snapshotAt: [0, 400] });
    expect(snapshots[1].losses.reconstruction).toBeLessThan(snapshots[0].losses.reconstruction);
    expect(snapshots[1].losses.klDivergence).toBeLessThan(0.8 * snapshots[0].losses.klDivergence);
  });

  it('does nothing for zero steps', async () => {
    const { state, millisecondsPerStep } = await train({ ...small, steps: 0 }, { engine });
    expect(state.step).toBe(0);
    expect(millisecondsPerStep).toBe(0);
  });

  it('says that training diverged, and where', async () => {
    const diverging = { ...small, learningRate: 1e30, schedule: 'constant' as const };
    await expect(train(diverging, { engine })).rejects.toMatchObject({ code: 'diverged' });
  });
});

it('does not start once aborted', async () => {
  await expect(train(small, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
});
