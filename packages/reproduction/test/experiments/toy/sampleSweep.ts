import { parseToyConfig } from '@svf-alignment/toy';
import type { Reconstruction, RobustnessTask } from '../../../src/experiments/toy/robustnessTask.ts';
import type { Outcome } from '../../../src/lab/experiment.ts';

/** The outcome of a training of which every feature ended at `cosine`, with two pairs of interest. */
export function sampleOutcome(
  value: number,
  reconstruction: Reconstruction,
  seed: number,
  cosine: number,
  singularValues: readonly number[] = [8, 5, 0],
): Outcome<RobustnessTask> {
  const targets = [
    { query: 0, key: 2, target: 8 },
    { query: 1, key: 3, target: 5 },
  ];
  const pairs = targets.map((pair, k) => ({
    ...pair,
    singularVector: k,
    queryCosine: cosine,
    keyCosine: cosine / 2,
  }));
  const alignment = { mean: cosine, meanMax: Math.min(1, cosine + 0.1), meanMatched: cosine, pairs };
  return {
    config: { name: 'sample', value, toy: parseToyConfig({ targets, reconstruction, seed }) },
    result: { values: { alignment, singularValues }, tensors: {} },
  };
}
