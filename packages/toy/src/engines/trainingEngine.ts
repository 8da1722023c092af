import type { ToyConfig } from '../config/toyConfig.ts';
import type { Losses } from '../model/losses.ts';
import type { ToyParameters } from '../model/toyParameters.ts';
import type { Batch } from '../sampling/batch.ts';

/** Everything from which training goes on, bit for bit: parameters, AdamW's moments, the sampler, the step. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  readonly parameters: ToyParameters;
  readonly firstMoment: ToyParameters;
  readonly secondMoment: ToyParameters;
  /** See `TokenSampler`: 16 words. */
  readonly sampler: Uint32Array;
}

export interface LossesAndGradients {
  readonly losses: Losses;
  /** Of the total loss; zero for parameters that the config freezes. */
  readonly gradients: ToyParameters;
}

/** A model in training, held by an engine. Not to be used after `dispose`. */
export interface TrainingSession {
  /** Does the next `steps` steps (sampling, gradients, AdamW). */
  advance(steps: number): Promise<void>;
  /** A copy of where training stands. */
  state(): Promise<TrainingState>;
  /** Losses and gradients of the current parameters on a given batch; nothing is changed. */
  evaluate(batch: Batch): Promise<LossesAndGradients>;
  dispose(): void;
}

/**
 * The one interface of the three engines. All draw the same batches for the same seed and start from the same
 * parameters; they differ in precision and speed.
 */
export interface TrainingEngine {
  /** `reference`, `wasm`, or `tfjs:` and its backend. */
  readonly name: string;
  /** @throws SvfError if this machine lacks what the engine needs. */
  open(config: ToyConfig, state: TrainingState): Promise<TrainingSession>;
}
