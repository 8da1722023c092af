import { keyValueHead } from '@svf-alignment/real-models';
import { norm, vectorMatrix } from '../kernels/matrixVector.ts';
import { VectorStore } from '../kernels/VectorStore.ts';
import type { CircuitModel } from '../model/circuitModel.ts';

/** Allowance for rounding in a bound. */
const SLACK = 1e-12;

/** What heads write when they attend to a token with weight 1: v_j W_O, and its size. */
export class HeadOutputs {
  readonly #model: CircuitModel;
  readonly #values: readonly { readonly values: Float64Array }[];
  readonly #tokens: number;
  readonly #store: VectorStore;
  /** One more than the place in the store; 0 for what was not asked for yet. */
  readonly #places: Int32Array;
  readonly #sizes: Float64Array;
  readonly #valueSizes: Float64Array;

  constructor(model: CircuitModel, layers: readonly { readonly values: Float64Array }[], tokens: number) {
    const { heads, dModel } = model.shape;
    this.#model = model;
    this.#values = layers;
    this.#tokens = tokens;
    this.#store = new VectorStore(dModel);
    this.#places = new Int32Array(layers.length * heads * tokens);
    this.#sizes = new Float64Array(layers.length * heads * tokens).fill(-1);
    this.#valueSizes = new Float64Array(layers.length * heads * tokens).fill(-1);
  }

  /** Where in `layers[layer].values` the value of a query head at a token begins. */
  valueOffset(head: number, token: number): number {
    const { shape } = this.#model;
    return (token * shape.keyValueHeads + keyValueHead(shape, head)) * shape.dHead;
  }

  /** Place in the store of v_j W_O, to be read by `array` and `offset`. */
  place(layer: number, head: number, token: number): number {
    const { heads, dHead, dModel } = this.#model.shape;
    const index = (layer * heads + head) * this.#tokens + token;
    if (this.#places[index] > 0) return this.#places[index] - 1;
    const place = this.#store.add();
    const { output } = this.#model.layers[layer].heads[head];
    const { values } = this.#values[layer];
    const target = this.#store.array(place);
    vectorMatrix(
      values,
      this.valueOffset(head, token),
      dHead,
      output,
      0,
      dModel,
      target,
      this.#store.offset(place),
    );
    this.#places[index] = place + 1;
    return place;
  }

  array(place: number): Float64Array {
    return this.#store.array(place);
  }

  offset(place: number): number {
    return this.#store.offset(place);
  }

  /** ‖v_j‖. */
  valueSize(layer: number, head: number, token: number): number {
    const { heads, dHead } = this.#model.shape;
    const index = (layer * heads + head) * this.#tokens + token;
    if (this.#valueSizes[index] < 0) {
      this.#valueSizes[index] = norm(this.#values[layer].values, this.valueOffset(head, token), dHead);
    }
    return this.#valueSizes[index];
  }

  /** ‖v_j W_O‖, never less, without the output itself. */
  size(layer: number, head: number, token: number): number {
    const { heads, dHead } = this.#model.shape;
    const index = (layer * heads + head) * this.#tokens + token;
    if (this.#sizes[index] >= 0) return this.#sizes[index];
    const { outputGram } = this.#model.layers[layer].heads[head];
    const { values } = this.#values[layer];
    const from = this.valueOffset(head, token);
    let square = 0;
    let size = 0;
    for (let i = 0; i < dHead; i += 1) {
      const value = values[from + i];
      let sum = 0;
      for (let k = 0; k < dHead; k += 1) sum += outputGram[i * dHead + k] * values[from + k];
      square += value * sum;
      size += value * value * outputGram[i * dHead + i];
    }
    // Rounding of v · gram · v is relative to (Σ|v_i| ‖W_O[i]‖)² ≤ dHead · Σ v_i² ‖W_O[i]‖².
    this.#sizes[index] = Math.sqrt(Math.max(square, 0) + SLACK * dHead * size);
    return this.#sizes[index];
  }
}
