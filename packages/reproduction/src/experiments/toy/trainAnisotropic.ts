import { type Matrix, randomStream, type SingularValueDecomposition, svd } from '@svf-alignment/core';
import {
  headDecomposition,
  initialState,
  isotropicDictionary,
  parameterMatrix,
  type ToyConfig,
  train,
} from '@svf-alignment/toy';
import type { TaskContext } from '../../lab/experiment.ts';
import type { Result } from '../../lab/result.ts';
import {
  type AnisotropicAlignment,
  anisotropicAlignment,
  exactHead,
  leastAlone,
} from './anisotropicAlignment.ts';
import { anisotropicDictionary, randomDirection } from './anisotropicDictionary.ts';
import type { ToyTask } from './toyTask.ts';
import { matrixTensor } from './trainedModel.ts';

/** Heads trained on a dictionary that is stretched along one random direction, by each δ in turn. */
export type AnisotropyTask = ToyTask & { readonly deviations: readonly number[] };

/** What is measured at one δ. */
export type AnisotropyMeasures = {
  /** δ */
  readonly deviation: number;
  /** With the best of all singular vectors. */
  readonly all: AnisotropicAlignment;
  /** With the best of the first ones, as many as there are pairs. */
  readonly leading: AnisotropicAlignment;
  /** The same of the head in closed form, which has no further ones. */
  readonly exact: AnisotropicAlignment;
  /** Least |cos(w, Σ⁻¹w)| of the features of interest: of the head that solves the task of one pair alone. */
  readonly alone: number;
  /** Largest relative difference of a leading singular value from that of the closed form. */
  readonly spectrumError: number;
  /** Of the trained head, on the held-out batch. */
  readonly klDivergence: number;
};

/** Trains a head at every δ and compares it with its features and with the closed form (Appendix C.3). */
export async function trainAnisotropic(
  { toy, deviations }: AnisotropyTask,
  { signal, onProgress }: TaskContext,
): Promise<Result> {
  const direction = randomDirection(toy.dimension, randomStream(toy.seed, 'anisotropy/direction'));
  const start = initialState(toy);
  const isotropic = parameterMatrix(toy, { ...start.parameters, W: isotropicDictionary(toy) }, 'W');
  const measures: AnisotropyMeasures[] = [];
  for (const [index, deviation] of deviations.entries()) {
    const distorted = anisotropicDictionary(isotropic, direction, deviation);
    // Rounded, so that every engine has the same features.
    const W = Float64Array.from(distorted.to1DArray(), Math.fround);
    const { state, losses } = await train(toy, {
      from: { state: initialState(toy, { W }), snapshots: [] },
      signal,
      onProgress: (step) => onProgress((index + step / toy.steps) / deviations.length),
    });
    const features = parameterMatrix(toy, state.parameters, 'W');
    const head = headDecomposition(toy, state.parameters);
    measures.push({ deviation, ...measure(toy, features, head), klDivergence: losses.klDivergence });
  }
  return { values: { measures }, tensors: { direction: matrixTensor(direction) } };
}

function measure(toy: ToyConfig, features: Matrix, head: SingularValueDecomposition) {
  const pairs = toy.targets;
  const exact = svd(exactHead(features, pairs));
  // Logits are divided by √H, so the head has to be √H times as large.
  const scale = Math.sqrt(toy.headDimension);
  return {
    all: anisotropicAlignment(features, head, pairs, toy.headDimension),
    leading: anisotropicAlignment(features, head, pairs, pairs.length),
    exact: anisotropicAlignment(features, exact, pairs, pairs.length),
    alone: leastAlone(features, pairs),
    spectrumError: pairs.reduce((most, _, k) => {
      const wanted = scale * exact.singularValues[k];
      return Math.max(most, Math.abs(head.singularValues[k] / wanted - 1));
    }, 0),
  };
}
