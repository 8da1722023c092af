import { Matrix, type SingularValueDecomposition, svd } from '@svf-alignment/core';
import { minimise } from '../population/minimise.ts';
import { type Derivatives, Objective } from '../population/objective.ts';
import type { Population } from '../population/population.ts';
import { detectorTeacher } from './detectorTeacher.ts';
import { predictedMinimiser } from './predictedMinimiser.ts';
import type { Theorem1Case } from './theorem1Case.ts';

/** Training on a population, and what Theorem 1 says of it. */
export interface Theorem1Analysis {
  readonly objective: Objective;
  /** M* as claimed. [D, D] */
  readonly predicted: Matrix;
  /** The loss at M* and its derivatives. */
  readonly atPredicted: Derivatives;
  /** Where Newton's method ends from the case's start. [D, D] */
  readonly found: Matrix;
  readonly decomposition: SingularValueDecomposition;
}

export function analyse(instance: Theorem1Case, population: Population): Theorem1Analysis {
  const { queryFeatures, keyFeatures, scale, start } = instance;
  const objective = new Objective(population, detectorTeacher(queryFeatures, keyFeatures, scale));
  const predicted = predictedMinimiser(queryFeatures, keyFeatures, scale);
  const minimum = minimise(objective, Float64Array.from(start.flat()));
  const found = Matrix.from1DArray(start.length, start.length, Array.from(minimum.parameters));
  return {
    objective,
    predicted,
    atPredicted: objective.derivatives(Float64Array.from(predicted.to1DArray())),
    found,
    decomposition: svd(found),
  };
}

/** ‖A − B‖/‖B‖ in the Frobenius norm. */
export function relativeDistance(matrix: Matrix, reference: Matrix): number {
  return Matrix.sub(matrix, reference).norm('frobenius') / reference.norm('frobenius');
}
