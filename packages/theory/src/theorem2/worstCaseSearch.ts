import { Matrix, type RandomStream, randomStream, symmetricEigen } from '@svf-alignment/core';
import { addScaled, unitVector } from '../linear/unitVector.ts';
import { dot, norm, sineBetween } from '../linear/vectors.ts';
import { randomUnitVector } from '../optimization/randomUnitVector.ts';
import { weightedProjections } from './weightedProjections.ts';

export interface WorstCase {
  /** sin ∠(q, (I + E)⁻¹q). */
  readonly sine: number;
  /** E [D][D], symmetric, ‖E‖ ≤ ε. */
  readonly error: readonly (readonly number[])[];
  /** q, a unit vector. */
  readonly feature: readonly number[];
}

export interface WorstCaseSearchOptions {
  /** D ≥ 1. */
  readonly dimension: number;
  /** The limit of ‖E‖. */
  readonly epsilon: number;
  readonly seed: number;
  /** Random starts. Default 4. */
  readonly starts?: number;
  /** Default 1000. */
  readonly maximumIterations?: number;
}

interface State {
  readonly error: readonly (readonly number[])[];
  /** x = (I + E)⁻¹q, of length one. */
  readonly x: readonly number[];
  /** cos ∠(x, x + Ex). */
  readonly cosine: number;
}

/**
 * Searches for a violation of the sharp Theorem 2: the symmetric E with ‖E‖ ≤ ε and the q that make the angle
 * between q and (I + E)⁻¹q largest, over both at once, by projected gradients from random starts. The projection
 * cuts the eigenvalues of E off at ±ε. What the best E or q look like is not given to it.
 */
export function worstCaseSearch(options: WorstCaseSearchOptions): WorstCase {
  const { dimension, epsilon, seed, starts = 4, maximumIterations = 1000 } = options;
  const random = randomStream(seed, 'theorem2/worst-case');
  let best: State | undefined;
  for (let k = 0; k < starts; k += 1) {
    const found = descend(randomState(dimension, epsilon, random), epsilon, maximumIterations);
    if (best === undefined || found.cosine < best.cosine) best = found;
  }
  const { error, x } = best ?? randomState(dimension, epsilon, random);
  const image = addScaled(x, 1, apply(error, x));
  return { sine: sineBetween(x, image), error, feature: unitVector(image) ?? x };
}

function descend(start: State, epsilon: number, maximumIterations: number): State {
  let state = start;
  let size = 1;
  let idle = 0;
  for (let k = 0; k < maximumIterations && idle < 10 && size > 1e-14; k += 1) {
    const { slopeError, slopeX } = gradients(state);
    const error = projected(
      state.error.map((row, i) => row.map((value, j) => value - size * slopeError[i][j])),
      epsilon,
    );
    const next = stateOf(error, addScaled(state.x, -size, slopeX));
    if (next.cosine < state.cosine) {
      idle = state.cosine - next.cosine < 1e-15 ? idle + 1 : 0;
      state = next;
      size *= 2;
    } else {
      size /= 4;
    }
  }
  return state;
}

/** Of the cosine: with respect to E, symmetrised, and with respect to x along the sphere. */
function gradients({ error, x, cosine }: State): { slopeError: number[][]; slopeX: number[] } {
  const y = addScaled(x, 1, apply(error, x));
  const length = norm(y);
  const direction = y.map((value) => value / length);
  const slopeY = addScaled(x, -cosine, direction).map((value) => value / length);
  const slopeError = x.map((a, i) => x.map((b, j) => (slopeY[i] * b + a * slopeY[j]) / 2));
  const ambient = addScaled(addScaled(slopeY, 1, apply(error, slopeY)), 1, direction);
  return { slopeError, slopeX: addScaled(ambient, -dot(ambient, x), x) };
}

function randomState(dimension: number, epsilon: number, random: RandomStream): State {
  const entries = Array.from({ length: dimension }, () => randomUnitVector(dimension, random));
  const symmetric = entries.map((row, i) => row.map((value, j) => epsilon * (value + entries[j][i])));
  return stateOf(projected(symmetric, epsilon), randomUnitVector(dimension, random));
}

function stateOf(error: readonly (readonly number[])[], direction: readonly number[]): State {
  const x = unitVector(direction) ?? direction;
  const y = addScaled(x, 1, apply(error, x));
  return { error, x, cosine: dot(x, y) / norm(y) };
}

/** The nearest symmetric matrix of norm ≤ limit. */
function projected(matrix: readonly (readonly number[])[], limit: number): number[][] {
  const { values, vectors } = symmetricEigen(new Matrix(matrix.map((row) => [...row])));
  const clipped = Array.from(values, (value) => Math.max(-limit, Math.min(limit, value)));
  return weightedProjections(columnsOf(vectors), clipped);
}

function columnsOf(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.columns }, (_, k) => matrix.getColumn(k));
}

function apply(matrix: readonly (readonly number[])[], x: readonly number[]): number[] {
  return matrix.map((row) => dot(row, x));
}
