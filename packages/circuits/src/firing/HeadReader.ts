import { dot, rowProducts } from '@svf-alignment/core';
import { keyValueHead } from '@svf-alignment/real-models';
import { vectorMatrix } from '../kernels/matrixVector.ts';
import type { HeadSide } from '../model/circuitModel.ts';
import type { Side } from '../model/ReadingSizes.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { rotatedDot } from '../prompt/rotation.ts';
import { TurningParts } from './TurningParts.ts';

/** One head in one prompt: what its firings share. */
export class HeadReader {
  readonly prompt: PromptContext;
  readonly layer: number;
  readonly head: number;
  readonly dHead: number;
  /** What products of queries and keys are divided by. */
  readonly scoreScale: number;
  readonly side: Record<Side, HeadSide>;
  readonly parts: Record<Side, TurningParts>;
  /** Rotated keys of all key heads [T, keyValueHeads, dHead]; this head's begin at `keyOffset(t)`. */
  readonly keys: Float64Array;
  readonly #keyHead: number;
  /** W_Kᵀ of the residual stream, of what turns [T, turning]. */
  #turningSums: Float64Array | undefined;

  constructor(prompt: PromptContext, layer: number, head: number) {
    const { shape, layers } = prompt.model;
    this.prompt = prompt;
    this.layer = layer;
    this.head = head;
    this.dHead = shape.dHead;
    this.scoreScale = shape.attentionScale;
    this.side = layers[layer].heads[head];
    this.parts = {
      destination: new TurningParts(prompt, layer, this.side.destination),
      source: new TurningParts(prompt, layer, this.side.source),
    };
    this.keys = prompt.layers[layer].keys;
    this.#keyHead = keyValueHead(shape, head);
  }

  keyOffset(token: number): number {
    return (token * this.prompt.model.shape.keyValueHeads + this.#keyHead) * this.dHead;
  }

  queryOffset(token: number): number {
    return (token * this.prompt.model.shape.heads + this.head) * this.dHead;
  }

  /** Attention of this head. */
  attention(destination: number, source: number): number {
    return this.attentionOf(this.layer, this.head, destination, source);
  }

  /** Attention of an upstream head; 0 above the diagonal. */
  attentionOf(layer: number, head: number, destination: number, source: number): number {
    const tokens = this.prompt.tokens.length;
    return this.prompt.layers[layer].pattern[(head * tokens + destination) * tokens + source];
  }

  /** Outputs of an MLP at every token [T, dModel]; where `writer` is the layer of this head, the embedding. */
  whole(writer: number): Float64Array {
    return writer === this.layer ? this.prompt.embedding : this.prompt.layers[writer].mlpOutput;
  }

  /** Their lengths [T]. */
  wholeSizes(writer: number): Float64Array {
    return writer === this.layer ? this.prompt.embeddingSizes : this.prompt.layers[writer].mlpSizes;
  }

  /**
   * Scores of this head at `destination` as the model has them, before softmax and after a soft-cap [destination +
   * 1].
   */
  scores(destination: number): Float64Array {
    const tokens = this.prompt.tokens.length;
    const from = (this.head * tokens + destination) * tokens;
    return this.prompt.layers[this.layer].scores.slice(from, from + destination + 1);
  }

  /** Scores of this head at `destination` before a soft-cap [destination + 1]. */
  uncappedScores(destination: number): Float64Array {
    const { queries } = this.prompt.layers[this.layer];
    const from = this.queryOffset(destination);
    const scores = new Float64Array(destination + 1);
    for (let t = 0; t <= destination; t += 1) {
      scores[t] = dot(queries, from, this.keys, this.keyOffset(t), this.dHead) / this.scoreScale;
    }
    return scores;
  }

  /**
   * r · R_t k_t at tokens t = 0..d, with the keys k_t = W_Kᵀ x̂_t + b_K of what upstream outputs add up to.
   *
   * @param read r [dHead]
   */
  scoresOfSums(read: Float64Array, destination: number): Float64Array {
    const { prompt, dHead } = this;
    const { rotation } = prompt;
    const { residual, scale } = prompt.layers[this.layer];
    const { dModel } = prompt.model.shape;
    const { weights, bias } = this.side.source;
    const turning = 2 * rotation.half;
    this.#turningSums ??= rowProducts(residual, weights.subarray(0, turning * dModel), dModel);
    const direction = new Float64Array(dModel);
    vectorMatrix(read, turning, dHead - turning, weights, turning * dModel, dModel, direction, 0);
    const scores = new Float64Array(destination + 1);
    for (let t = 0; t <= destination; t += 1) {
      const still = dot(direction, 0, residual, t * dModel, dModel);
      const turned = rotatedDot(rotation, t, read, 0, this.#turningSums, t * turning, turning);
      scores[t] = (still + turned) / scale[t] + rotatedDot(rotation, t, read, 0, bias, 0, dHead);
    }
    return scores;
  }
}
