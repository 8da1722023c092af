import { rowProducts } from '@svf-alignment/core';
import type { ModelShape } from '@svf-alignment/real-models';
import { norm } from '../kernels/matrixVector.ts';
import { turningEntries } from '../prompt/rotation.ts';
import type { CircuitLayer, HeadSide } from './circuitModel.ts';
import type { Side } from './ReadingSizes.ts';

/**
 * How one side of a head reads the values of an upstream head, in head spaces: no vector of dModel entries is left.
 * In float32: rounding is allowed for where products are used.
 */
export interface UpstreamProduct {
  /** (W g_k) · W_O [K, dHead], of what does not turn. */
  readonly still: Float32Array;
  /** Lengths of its rows [K]. */
  readonly stillSizes: Float64Array;
  /** (W_O W)ᵀ of the entries that turn [turning, dHead]. */
  readonly turning: Float32Array;
  /** √‖M Mᵀ‖_F of `turning`, which its largest singular value does not exceed. */
  readonly turningSize: number;
  /** ‖M‖_F of `turning`, for what rounding makes of it. */
  readonly turningTotal: number;
}

/** Groups that are evaluated without a product before it pays to make one. */
const PAYS_AFTER = 128;

/**
 * Products of upstream output weights with reading weights (attention-circuits §7). They belong to the model: made
 * when a pair of heads has come up so often that it pays, kept for all prompts, never more than the memory allows.
 * They only narrow down which candidates are evaluated, so results do not depend on which of them there are.
 */
export class UpstreamProducts {
  readonly #layers: readonly CircuitLayer[];
  readonly #turning: number;
  readonly #dHead: number;
  readonly #dModel: number;
  readonly #memory: number;
  readonly #products = new Map<HeadSide, (UpstreamProduct | undefined)[]>();
  readonly #requests = new Map<HeadSide, Uint32Array>();
  #bytes = 0;

  /** @param memory most bytes that products may take; 0 for none */
  constructor(layers: readonly CircuitLayer[], { dHead, dModel, positions }: ModelShape, memory: number) {
    this.#layers = layers;
    this.#dHead = dHead;
    this.#dModel = dModel;
    this.#turning = turningEntries(positions);
    this.#memory = memory;
  }

  /** Memory taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The products that there are of one side of a head, by upstream layer · heads + head. */
  knownOf(side: HeadSide): readonly (UpstreamProduct | undefined)[] | undefined {
    return this.#products.get(side);
  }

  /** Notes that a group of a pair is to be evaluated; the product of the pair, if there is one by now. */
  wanted(side: HeadSide, upstream: number): UpstreamProduct | undefined {
    const known = this.knownOf(side)?.[upstream];
    if (known !== undefined || this.#memory === 0) return known;
    let requests = this.#requests.get(side);
    if (requests === undefined) {
      requests = new Uint32Array(this.#layers.length * this.#layers[0].heads.length);
      this.#requests.set(side, requests);
    }
    requests[upstream] += 1;
    return requests[upstream] < PAYS_AFTER ? undefined : this.#make(side, upstream);
  }

  /** Makes the products of every pair that the memory allows, from the first layers up. */
  makeAll(): void {
    for (const [layer, { heads }] of this.#layers.entries()) {
      for (const head of heads) {
        for (const side of ['destination', 'source'] satisfies Side[]) {
          for (let upstream = 0; upstream < layer * heads.length; upstream += 1) {
            if (this.knownOf(head[side])?.[upstream] === undefined) this.#make(head[side], upstream);
          }
        }
      }
    }
  }

  #make(side: HeadSide, upstream: number): UpstreamProduct | undefined {
    const dHead = this.#dHead;
    const turning = this.#turning;
    const terms = side.reading.length / dHead;
    const bytes = 4 * (terms + turning) * dHead + 8 * terms;
    if (this.#bytes + bytes > this.#memory) return undefined;
    const heads = this.#layers[0].heads.length;
    const { output } = this.#layers[Math.floor(upstream / heads)].heads[upstream % heads];
    const still = rowProducts(side.directions.all(), output, this.#dModel);
    const turned = rowProducts(side.weights.subarray(0, turning * this.#dModel), output, this.#dModel);
    const squares = rowProducts(turned, turned, dHead);
    const product: UpstreamProduct = {
      still: Float32Array.from(still),
      stillSizes: Float64Array.from({ length: terms }, (_, k) => norm(still, k * dHead, dHead)),
      turning: Float32Array.from(turned),
      turningSize: Math.sqrt(norm(squares, 0, squares.length)),
      turningTotal: norm(turned, 0, turned.length),
    };
    let products = this.#products.get(side);
    if (products === undefined) {
      products = Array.from({ length: this.#layers.length * heads });
      this.#products.set(side, products);
    }
    products[upstream] = product;
    this.#bytes += bytes;
    return product;
  }
}
