import { SvfError } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';
import type { TrainingEngine, TrainingSession, TrainingState } from '../engines/trainingEngine.ts';
import { wasmEngine } from '../engines/wasm/index.ts';
import type { Losses } from '../model/losses.ts';
import { heldOutLosses } from './heldOutLosses.ts';
import { initialState } from './initialState.ts';
import type { Snapshot } from './snapshot.ts';

/** Where an interrupted training can go on: the state, and the snapshots taken on the way to it. */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly snapshots: readonly Snapshot[];
}

export interface TrainOptions {
  /** Default: WebAssembly. */
  readonly engine?: TrainingEngine;
  /** Goes on from here instead of from the seed's initial state. */
  readonly from?: Checkpoint;
  /** Steps after which the model is kept, e.g. `everySteps(100, config.steps)`. Default: none. */
  readonly snapshotAt?: readonly number[];
  readonly onProgress?: (step: number) => void;
  /** Called about every 2000 steps; training waits for it. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /** When aborted, a last checkpoint is given and `train` rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface TrainingResult {
  readonly config: ToyConfig;
  readonly engine: string;
  readonly state: TrainingState;
  /** On the held-out batch, at the end. */
  readonly losses: Losses;
  readonly snapshots: readonly Snapshot[];
  /** Step loop only: sampling included, snapshots and start-up excluded. 0 if there was no step to do. */
  readonly millisecondsPerStep: number;
}

const CHECKPOINT_EVERY = 2000;
/** The event loop gets a turn about this often, in milliseconds. */
const TURN = 50;

/**
 * Trains one toy model to `config.steps`. A run that was interrupted and resumed from a checkpoint ends exactly as
 * one that was not.
 *
 * @throws SvfError `diverged` if a parameter is no longer finite
 */
export async function train(config: ToyConfig, options: TrainOptions = {}): Promise<TrainingResult> {
  const { engine = wasmEngine, from, onProgress, onCheckpoint, signal } = options;
  signal?.throwIfAborted();
  const start = from?.state ?? initialState(config);
  const snapshots = [...(from?.snapshots ?? [])];
  const pending = (options.snapshotAt ?? []).filter((at) => at > start.step || (at === 0 && !from));
  const session = await engine.open(config, start);
  let step = start.step;
  let elapsed = 0;
  let chunk = 16;

  try {
    if (pending.includes(0)) snapshots.push(await takeSnapshot(config, session));
    let kept = step;
    while (step < config.steps) {
      const stop = nextStop(step, config.steps, pending);
      const steps = Math.min(chunk, stop - step);
      const before = performance.now();
      await session.advance(steps);
      const took = performance.now() - before;
      elapsed += took;
      step += steps;
      chunk = Math.max(1, Math.min(2 * chunk, Math.round((chunk * TURN) / Math.max(took, 1))));

      if (pending.includes(step)) snapshots.push(await takeSnapshot(config, session));
      onProgress?.(step);
      await new Promise((resolve) => setImmediate(resolve));
      const due = step - kept >= CHECKPOINT_EVERY && step < config.steps;
      if (onCheckpoint && (due || signal?.aborted)) {
        await onCheckpoint({ state: await session.state(), snapshots });
        kept = step;
      }
      signal?.throwIfAborted();
    }
    const state = await session.state();
    requireFinite(state);
    const losses = heldOutLosses(config, state.parameters);
    const steps = config.steps - start.step;
    const millisecondsPerStep = steps > 0 ? elapsed / steps : 0;
    return { config, engine: engine.name, state, losses, snapshots, millisecondsPerStep };
  } finally {
    session.dispose();
  }
}

function nextStop(step: number, steps: number, pending: readonly number[]): number {
  return pending.reduce((stop, at) => (at > step && at < stop ? at : stop), steps);
}

async function takeSnapshot(config: ToyConfig, session: TrainingSession): Promise<Snapshot> {
  const state = await session.state();
  requireFinite(state);
  return { step: state.step, parameters: state.parameters, losses: heldOutLosses(config, state.parameters) };
}

function requireFinite({ step, parameters }: TrainingState): void {
  for (const [name, values] of Object.entries(parameters)) {
    const index = values.findIndex((value: number) => !Number.isFinite(value));
    if (index >= 0) {
      throw new SvfError(`Training diverged: ${name}[${index}] is ${values[index]} after step ${step}.`, {
        code: 'diverged',
        path: [name, index],
        expected: 'finite parameters',
        received: String(values[index]),
        remedy: 'Use a smaller learningRate or smaller targets.',
      });
    }
  }
}
