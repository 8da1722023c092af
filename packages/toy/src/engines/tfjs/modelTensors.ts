import type { ToyConfig } from '../../config/toyConfig.ts';
import { rotaryTable } from '../../model/rotaryTable.ts';
import { targetFactors } from '../../model/targetFactors.ts';
import type { Batch } from '../../sampling/batch.ts';
import type { Tensor2D, Tensor3D, Tf } from './tensorflow.ts';

/** Strengths of one batch as tensors; `queries` only where the model has a head. */
export interface BatchTensors {
  readonly keys: Tensor2D; // [Q·m, N]
  readonly queries: Tensor2D | undefined; // [Q, N]
}

/** What the loss needs beside parameters and batch: fixed by the configuration. */
export type ModelTensors = {
  /** Importance of each feature, over N for the averaged reconstruction loss. */
  readonly weights: Tensor2D; // [1, N]
  readonly targets: TargetTensors | undefined;
  readonly rotary: RotaryTensors | undefined;
};

/** Feature strengths times these pick the strengths of each target pair. */
export type TargetTensors = {
  readonly queryOneHot: Tensor2D; // [N, P]
  readonly keyOneHot: Tensor2D; // [N, P]
  readonly factors: Tensor3D; // [1, m, P]
};

/** R k = k ∘ cosines + (k · quarterTurn) ∘ sines, with the cosine of a band at both of its coordinates. */
export type RotaryTensors = {
  readonly cosines: Tensor3D; // [1, m, H]
  readonly sines: Tensor3D; // [1, m, H]
  readonly quarterTurn: Tensor2D; // [H, H]
};

export function batchTensors(tf: Tf, config: ToyConfig, batch: Batch): BatchTensors {
  const { features: N, headDimension } = config;
  const rows = (strengths: Float64Array) =>
    tf.tensor2d(new Float32Array(strengths), [strengths.length / N, N]);
  return {
    keys: rows(batch.keyStrengths),
    queries: headDimension === 0 ? undefined : rows(batch.queryStrengths),
  };
}

export function modelTensors(tf: Tf, config: ToyConfig): ModelTensors {
  const { features: N, importance, reconstruction } = config;
  const divisor = reconstruction === 'mean' ? N : 1;
  const weights = Array.from(
    { length: N },
    (_, i) => (Array.isArray(importance) ? importance[i] : importance) / divisor,
  );
  return { weights: tf.tensor2d(weights, [1, N]), targets: targets(tf, config), rotary: rotary(tf, config) };
}

function targets(tf: Tf, config: ToyConfig): TargetTensors | undefined {
  const { features: N, keys: m, targets: pairs } = config;
  if (pairs.length === 0) return undefined;
  const oneHot = (side: 'query' | 'key') => {
    const values = new Float32Array(N * pairs.length);
    pairs.forEach((pair, column) => {
      values[pair[side] * pairs.length + column] = 1;
    });
    return tf.tensor2d(values, [N, pairs.length]);
  };
  return {
    queryOneHot: oneHot('query'),
    keyOneHot: oneHot('key'),
    factors: tf.tensor3d(new Float32Array(targetFactors(config)), [1, m, pairs.length]),
  };
}

function rotary(tf: Tf, config: ToyConfig): RotaryTensors | undefined {
  const table = rotaryTable(config);
  if (table === null) return undefined;
  const { keys: m, headDimension: H } = config;
  const atBothCoordinates = (values: Float64Array) =>
    tf.tensor3d(
      Float32Array.from({ length: m * H }, (_, i) => values[Math.floor(i / 2)]),
      [1, m, H],
    );
  const quarterTurn = new Float32Array(H * H);
  for (let band = 0; band < H / 2; band += 1) {
    quarterTurn[2 * band * H + 2 * band + 1] = 1;
    quarterTurn[(2 * band + 1) * H + 2 * band] = -1;
  }
  return {
    cosines: atBothCoordinates(table.cosines),
    sines: atBothCoordinates(table.sines),
    quarterTurn: tf.tensor2d(quarterTurn, [H, H]),
  };
}
