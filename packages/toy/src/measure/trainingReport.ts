import type { ToyConfig } from '../config/toyConfig.ts';
import type { Losses } from '../model/losses.ts';
import type { TrainingResult } from '../training/train.ts';
import { type AlignmentSummary, alignmentSummary } from './alignmentSummary.ts';
import { headDecomposition } from './headDecomposition.ts';

/** What `svf toy train --json` prints. Plain JSON. */
export type TrainingReport = {
  readonly config: ToyConfig;
  readonly seed: number;
  readonly steps: number;
  readonly engine: string;
  readonly millisecondsPerStep: number;
  /** On the held-out batch. */
  readonly loss: Losses;
  /** Of Ω = A Bᵀ, descending. */
  readonly singularValues: readonly number[];
  readonly alignment: AlignmentSummary;
};

export function trainingReport(result: TrainingResult): TrainingReport {
  const { config, engine, state, losses, millisecondsPerStep } = result;
  return {
    config,
    seed: config.seed,
    steps: state.step,
    engine,
    millisecondsPerStep,
    loss: losses,
    singularValues: [...headDecomposition(config, state.parameters).singularValues],
    alignment: alignmentSummary(config, state.parameters),
  };
}
