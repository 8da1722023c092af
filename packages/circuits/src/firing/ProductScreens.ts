import { dot } from '@svf-alignment/core';
import { norm } from '../kernels/matrixVector.ts';
import { singleDot } from '../kernels/singleDot.ts';
import { VectorStore } from '../kernels/VectorStore.ts';
import type { HeadSide } from '../model/circuitModel.ts';
import type { UpstreamProduct } from '../model/UpstreamProducts.ts';
import { addRotated } from '../prompt/rotation.ts';
import type { HeadReader } from './HeadReader.ts';
import type { SummedOutputs } from './SummedOutputs.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/** Twice the relative rounding error of float32. */
const SINGLE = 2 ** -23;

/**
 * Of size · worth, for rounding in float64: far more than it makes, outputs that nearly cancel included. Worths are
 * infinite where a singular value is 0, and a size may be 0: then nothing is to be allowed for.
 */
const ROUNDING = 1e-6;

/**
 * Bounds of the gradients of upstream heads' groups, through the products of the two heads: to the precision of
 * float32.
 */
export class ProductScreens {
  readonly #reader: HeadReader;
  readonly #side: HeadSide;
  readonly #upstream: UpstreamGroups;
  readonly #outputs: SummedOutputs;
  readonly #factors: Float64Array;
  readonly #worths: Float64Array;
  readonly #part: Float64Array;
  /** Σ_t' w[t'] A_t'j / scale_t' R_t' of what turns, of groups that were looked at; places are one too large. */
  readonly #turned: VectorStore;
  readonly #places: Int32Array;

  /**
   * @param factors what a read is multiplied by for the gradient [K]
   * @param worths of the singular vectors (`Candidates.worths`) [K]
   */
  constructor(
    reader: HeadReader,
    side: HeadSide,
    upstream: UpstreamGroups,
    outputs: SummedOutputs,
    factors: Float64Array,
    worths: Float64Array,
  ) {
    const turning = 2 * reader.prompt.rotation.half;
    this.#reader = reader;
    this.#side = side;
    this.#upstream = upstream;
    this.#outputs = outputs;
    this.#factors = factors;
    this.#worths = worths;
    this.#part = new Float64Array(turning);
    this.#turned = new VectorStore(turning);
    this.#places = new Int32Array(turning === 0 ? 0 : upstream.mlps);
  }

  /**
   * Bounds of the gradients of a head's group, whose output has length `size`, to `target[offset …]` [K].
   *
   * @returns false where there is no product; asking counts for making one
   */
  bounds(group: number, size: number, target: Float64Array, offset: number): boolean {
    const { products } = this.#reader.prompt.model;
    const product = products.wanted(this.#side, this.#headOf(group));
    if (product === undefined) return false;
    const { turningSizes } = this.#side;
    const still = this.#stillSize(group);
    const turned = this.#turn(group, product) + this.#turnedRounding(group, product);
    const factors = this.#factors;
    const worths = this.#worths;
    const margin = ROUNDING * size;
    for (let k = 0; k < factors.length; k += 1) {
      const read = still * product.stillSizes[k] + turned * turningSizes[k];
      target[offset + k] = Math.abs(factors[k]) * read + (margin === 0 ? 0 : margin * worths[k]);
    }
    return true;
  }

  /**
   * Lowers those bounds that reach `least` and were not lowered yet to the gradients, and as much above them as
   * rounding may make (`Candidates.screen`).
   */
  screen(
    group: number,
    size: number,
    least: number,
    bounds: Float64Array,
    offset: number,
    screened: Uint8Array,
  ): void {
    const product = this.#reader.prompt.model.products.knownOf(this.#side)?.[this.#headOf(group)];
    if (product === undefined) return;
    const { dHead, prompt } = this.#reader;
    const { values } = prompt.layers[this.#upstream.layerOf(group)];
    const from = this.#valueOffset(group);
    const { reading, turningSizes } = this.#side;
    const sum = this.#outputs.sums[group];
    const stillRounding = SINGLE * this.#stillSize(group);
    const turnedRounding = this.#turnedRounding(group, product);
    const turning = this.#turned.length;
    const place = turning === 0 ? 0 : this.#places[group] - 1;
    const factors = this.#factors;
    const worths = this.#worths;
    const margin = ROUNDING * size;
    for (let k = 0; k < factors.length; k += 1) {
      const known = bounds[offset + k];
      if (screened[k] === 1 || known < least) continue;
      screened[k] = 1;
      let read = sum * singleDot(product.still, k * dHead, values, from, dHead);
      let rounding = stillRounding * product.stillSizes[k];
      if (turning > 0) {
        read += dot(reading, k * dHead, this.#turned.array(place), this.#turned.offset(place), turning);
        rounding += turnedRounding * turningSizes[k];
      }
      const close =
        factors[k] * read + Math.abs(factors[k]) * rounding + (margin === 0 ? 0 : margin * worths[k]);
      if (close < known) bounds[offset + k] = close;
    }
  }

  #headOf(group: number): number {
    return this.#upstream.layerOf(group) * this.#upstream.heads + this.#upstream.headOf(group);
  }

  #valueOffset(group: number): number {
    const { headOutputs } = this.#reader.prompt;
    return headOutputs.valueOffset(this.#upstream.headOf(group), this.#upstream.tokenOf(group));
  }

  #valueSize(group: number): number {
    const upstream = this.#upstream;
    const { headOutputs } = this.#reader.prompt;
    return headOutputs.valueSize(upstream.layerOf(group), upstream.headOf(group), upstream.tokenOf(group));
  }

  #stillSize(group: number): number {
    return Math.abs(this.#outputs.sums[group]) * this.#valueSize(group);
  }

  #turnedRounding(group: number, { turningTotal }: UpstreamProduct): number {
    return turningTotal === 0
      ? 0
      : SINGLE * this.#outputs.absoluteSums[group] * this.#valueSize(group) * turningTotal;
  }

  /** Turns and sums what turns of a group, and returns its length. */
  #turn(group: number, product: UpstreamProduct): number {
    const turning = this.#turned.length;
    if (turning === 0) return 0;
    const { prompt, dHead } = this.#reader;
    const upstream = this.#upstream;
    const layer = upstream.layerOf(group);
    const { values } = prompt.layers[layer];
    const from = this.#valueOffset(group);
    for (let i = 0; i < turning; i += 1) {
      this.#part[i] = singleDot(product.turning, i * dHead, values, from, dHead);
    }
    const place = this.#turned.add();
    this.#places[group] = place + 1;
    const turned = this.#turned.array(place);
    const offset = this.#turned.offset(place);
    turned.fill(0, offset, offset + turning);
    const { weights } = this.#outputs;
    for (let t = upstream.tokenOf(group); t < weights.length; t += 1) {
      if (weights[t] === 0) continue;
      const attention = this.#reader.attentionOf(layer, upstream.headOf(group), t, upstream.tokenOf(group));
      addRotated(prompt.rotation, t, weights[t] * attention, this.#part, 0, turning, turned, offset);
    }
    return norm(turned, offset, turning);
  }
}
