import { Matrix } from '@svf-alignment/core';
import { allTokens, type TokenOutcome } from '../tokens/subsets.ts';
import type { MomentCase } from './momentCase.ts';

/** E[qqᵀ] by running through all 2ⁿ query tokens. */
export function enumeratedTokenMoment(instance: MomentCase): Matrix {
  const moment = new Moment(instance.queryFeatures[0].length);
  for (const { probability, token } of allTokens(instance.queryFeatures, instance)) {
    moment.add(probability, token);
  }
  return moment.matrix();
}

/** E[(k_2 − k_1)(k_2 − k_1)ᵀ] by running through all 4ⁿ pairs of keys. */
export function enumeratedPairMoment(instance: MomentCase): Matrix {
  return enumeratedDifferenceMoment({ ...instance, keys: 2 });
}

/** E[DDᵀ] by running through all 2ⁿᵐ contexts. */
export function enumeratedDifferenceMoment(instance: MomentCase): Matrix {
  const { keyFeatures, keyCoupling, keys } = instance;
  const tokens = allTokens(keyFeatures, instance);
  const moment = new Moment(keyFeatures[0].length);
  const chosen: TokenOutcome[] = [];
  const extend = (probability: number): void => {
    if (chosen.length === keys) {
      for (const { token } of chosen.slice(1)) moment.add(probability, token, chosen[0].token);
      return;
    }
    for (const outcome of tokens) {
      let next = outcome.probability;
      if (chosen.length > 0) next = (1 - keyCoupling) * next + (outcome === chosen[0] ? keyCoupling : 0);
      chosen.push(outcome);
      extend(probability * next);
      chosen.pop();
    }
  };
  extend(1);
  return moment.matrix();
}

/** Σ weight·(x − y)(x − y)ᵀ. */
class Moment {
  readonly #sums: Float64Array;
  readonly #dimension: number;

  constructor(dimension: number) {
    this.#dimension = dimension;
    this.#sums = new Float64Array(dimension * dimension);
  }

  add(weight: number, x: Float64Array, y?: Float64Array): void {
    const order = this.#dimension;
    for (let a = 0; a < order; a += 1) {
      const row = weight * (x[a] - (y?.[a] ?? 0));
      for (let b = 0; b < order; b += 1) this.#sums[a * order + b] += row * (x[b] - (y?.[b] ?? 0));
    }
  }

  matrix(): Matrix {
    return Matrix.from1DArray(this.#dimension, this.#dimension, Array.from(this.#sums));
  }
}
