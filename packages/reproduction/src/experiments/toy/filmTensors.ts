import { cosineMatrix, featureAlignment, type Matrix } from '@svf-alignment/core';
import { headDecomposition, parameterMatrix, type Snapshot, type ToyConfig } from '@svf-alignment/toy';
import type { Tensor } from '../../lab/result.ts';

/**
 * What a film of a training shows, over its S snapshots: cosines of features among themselves [S, N, N] and with the
 * singular vectors [S, N, H], singular values [S, H], and the losses on the held-out batch [S].
 */
export function filmTensors(config: ToyConfig, snapshots: readonly Snapshot[]): Record<string, Tensor> {
  const frames = snapshots.map(({ parameters }) => {
    const features = parameterMatrix(config, parameters, 'W');
    const decomposition = headDecomposition(config, parameters);
    const { left, right } = featureAlignment(features, decomposition);
    return {
      features: cosineMatrix(features, features),
      left,
      right,
      singularValues: decomposition.singularValues,
    };
  });
  const over = (matrix: (frame: (typeof frames)[number]) => Matrix): Tensor => {
    const matrices = frames.map(matrix);
    const [{ rows, columns }] = matrices;
    return {
      shape: [frames.length, rows, columns],
      data: Float64Array.from(matrices.flatMap((each) => each.to1DArray())),
    };
  };
  const loss = (name: keyof Snapshot['losses']): Tensor => ({
    shape: [frames.length],
    data: Float64Array.from(snapshots, ({ losses }) => losses[name]),
  });
  return {
    'film.features': over(({ features }) => features),
    'film.left': over(({ left }) => left),
    'film.right': over(({ right }) => right),
    'film.singularValues': {
      shape: [frames.length, config.headDimension],
      data: Float64Array.from(frames.flatMap(({ singularValues }) => [...singularValues])),
    },
    'film.reconstruction': loss('reconstruction'),
    'film.attention': loss('attention'),
    'film.klDivergence': loss('klDivergence'),
  };
}
