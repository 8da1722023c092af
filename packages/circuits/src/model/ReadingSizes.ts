import { rowProducts } from '@svf-alignment/core';
import { BOUND_SLACK } from '../kernels/boundSlack.ts';
import { norm } from '../kernels/matrixVector.ts';
import { type Rotation, turnedBack } from '../prompt/rotation.ts';
import type { CircuitHead, CircuitLayer } from './circuitModel.ts';

export type Side = 'destination' | 'source';

/**
 * How much singular vector k of a head can read out of a vector of length 1, for bounds on candidates. Of the
 * weights and positions only: computed once for all prompts.
 */
export class ReadingSizes {
  readonly #layers: readonly CircuitLayer[];
  readonly #terms: number;
  readonly #dHead: number;
  readonly #residual = new Map<CircuitHead, Record<Side, Float64Array[]>>();

  constructor(layers: readonly CircuitLayer[], terms: number, dHead: number) {
    this.#layers = layers;
    this.#terms = terms;
    this.#dHead = dHead;
  }

  /**
   * Of a vector in the residual stream [K]: ‖W_Q R_tᵀ g_k‖ at destination t, or the largest of ‖W_K R_t'ᵀ g_k‖ over
   * all sources t' ≤ t. Without rotation σ_k and 1.
   */
  ofResiduals(layer: number, head: number, side: Side, token: number, rotation: Rotation): Float64Array {
    const own = this.#layers[layer].heads[head];
    const known = this.#residual.get(own) ?? { destination: [], source: [] };
    this.#residual.set(own, known);
    const sizes = known[side];
    const last = rotation.half === 0 ? 0 : token;
    for (let t = sizes.length; t <= last; t += 1) {
      const at = this.#sizesAt(own, side, t, rotation);
      sizes.push(side === 'source' && t > 0 ? at.map((size, k) => Math.max(size, sizes[t - 1][k])) : at);
    }
    return sizes[last];
  }

  /** With W_Q = Q₁R₁ and R₁ = U'ΣG_s: ‖W_Q x‖ = ‖ΣG_s x‖; with W_K = Q₂R₂ and R₂ = V'G_dᵀ: ‖W_K x‖ = ‖G_dᵀ x‖. */
  #sizesAt(own: CircuitHead, side: Side, token: number, rotation: Rotation): Float64Array {
    const terms = this.#terms;
    const dHead = this.#dHead;
    // Rows of G_s are zero where σ is: then neither identity holds.
    for (let k = 0; k < terms; k += 1) {
      if (norm(own.source.reading, k * dHead, dHead) === 0) {
        return new Float64Array(terms).fill(Number.POSITIVE_INFINITY);
      }
    }
    const turned = turnedBack(rotation, token, own[side].reading, dHead);
    const other = side === 'destination' ? own.source.reading : own.destination.reading;
    const products = rowProducts(turned, other, dHead);
    if (side === 'destination') {
      for (let i = 0; i < products.length; i += 1) products[i] *= own.singularValues[i % terms];
    }
    return rowNorms(products, terms);
  }
}

function rowNorms(matrix: Float64Array, length: number): Float64Array {
  return Float64Array.from(
    { length: matrix.length / length },
    (_, row) => BOUND_SLACK * norm(matrix, row * length, length),
  );
}
