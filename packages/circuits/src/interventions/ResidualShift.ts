import { dot } from '@svf-alignment/core';
import { addScaled, norm } from '../kernels/matrixVector.ts';
import type { InterventionEffect } from './intervention.ts';

/** What is added to one vector of the residual stream, or of a head's normalized input. */
export class ResidualShift {
  /** The sum of all that was added [dModel]. */
  readonly change: Float64Array;
  readonly #before: Float64Array;

  /** @param before [dModel] */
  constructor(before: Float64Array) {
    this.#before = before;
    this.change = new Float64Array(before.length);
  }

  add(signal: Float64Array, factor: number): void {
    addScaled(this.change, 0, factor, signal, 0, signal.length);
  }

  /** How little the vector moves. */
  sizes(): Pick<InterventionEffect, 'normRatio' | 'cosine' | 'shiftNorm'> {
    const before = this.#before;
    const length = before.length;
    const after = before.map((value, i) => value + this.change[i]);
    const beforeNorm = norm(before, 0, length);
    const afterNorm = norm(after, 0, length);
    const product = beforeNorm * afterNorm;
    return {
      normRatio: beforeNorm === 0 ? null : afterNorm / beforeNorm,
      cosine: product === 0 ? null : dot(before, 0, after, 0, length) / product,
      shiftNorm: norm(this.change, 0, length),
    };
  }
}
