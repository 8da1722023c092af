import { dot } from '@svf-alignment/core';
import { BOUND_SLACK } from '../kernels/boundSlack.ts';
import { eightDots, fourDots } from '../kernels/fourDots.ts';
import { norm, vectorMatrix } from '../kernels/matrixVector.ts';
import type { HeadSide } from '../model/circuitModel.ts';
import type { Side } from '../model/ReadingSizes.ts';
import { addRotated } from '../prompt/rotation.ts';
import type { HeadReader } from './HeadReader.ts';
import { TurnedSums } from './TurnedSums.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/**
 * Upstream outputs of one side of a firing, summed over the tokens t' ≤ d under weights w[t'] and read by the
 * head's singular vectors: Σ_t' w[t'] g_k · R_t' Wᵀ o(t') / scale_t' without rows over t'. A group's output is
 * taken apart into what does not turn with the position, a vector in the residual stream, and what does, one in
 * head space.
 */
export class SummedOutputs {
  /** w[t'] divided by the norm's scale at t' [d + 1]. */
  readonly weights: Float64Array;
  /** Σ_t' w[t'] A_t'j / scale_t' of the heads' groups, and the same of absolute values. */
  readonly sums: Float64Array;
  readonly absoluteSums: Float64Array;
  readonly #reader: HeadReader;
  readonly #side: HeadSide;
  readonly #upstream: UpstreamGroups;
  readonly #total: number;
  /** Σ_t' w[t'] o(t') / scale_t' of each MLP and, last, the embedding. */
  readonly #means: (Float64Array | undefined)[];
  readonly #turned: TurnedSums;
  readonly #offset: Float64Array;

  constructor(reader: HeadReader, side: Side, upstream: UpstreamGroups, weights: Float64Array) {
    const { prompt, layer, dHead } = reader;
    const { scale } = prompt.layers[layer];
    this.#reader = reader;
    this.#side = reader.side[side];
    this.#upstream = upstream;
    this.weights = weights.map((weight, t) => weight / scale[t]);
    this.#total = this.weights.reduce((sum, weight) => sum + weight, 0);
    this.sums = new Float64Array(upstream.mlps);
    this.absoluteSums = new Float64Array(upstream.mlps);
    this.#sumPatterns();
    this.#means = Array.from({ length: layer + 1 });
    this.#turned = new TurnedSums(reader, reader.parts[side], upstream, this.weights);
    this.#offset = new Float64Array(dHead);
    for (const [t, weight] of weights.entries()) {
      addRotated(prompt.rotation, t, weight, this.#side.bias, 0, dHead, this.#offset, 0);
    }
  }

  /** What four singular vectors read of a group. */
  fourReads(group: number, terms: ArrayLike<number>, target: Float64Array): void {
    const { dHead } = this.#reader;
    const { reading, directions } = this.#side;
    if (group === this.#upstream.offset) {
      for (let i = 0; i < 4; i += 1) target[i] = dot(reading, terms[i] * dHead, this.#offset, 0, dHead);
      return;
    }
    if (this.#upstream.isBias(group)) {
      const layer = group - this.#upstream.biases;
      const reads = directions.readsOf(this.#reader.prompt.model.layers[layer].outputBias, layer);
      for (let i = 0; i < 4; i += 1) target[i] = this.#total * reads[terms[i]];
    } else {
      const { dModel } = this.#reader.prompt.model.shape;
      const all = directions.of(terms);
      const [m0, m1, m2, m3] = [terms[0] * dModel, terms[1] * dModel, terms[2] * dModel, terms[3] * dModel];
      const [factor, output, from] = this.#output(group);
      fourDots(all, m0, m1, m2, m3, output, from, dModel, target, 0);
      for (let i = 0; i < 4; i += 1) target[i] *= factor;
    }
    this.#addTurnedReads(group, terms, target);
  }

  /** The same for two groups at a time. */
  fourReadsOfTwo(
    first: number,
    second: number,
    terms: ArrayLike<number>,
    firstTarget: Float64Array,
    secondTarget: Float64Array,
  ): void {
    if (!this.#isVector(first) || !this.#isVector(second)) {
      this.fourReads(first, terms, firstTarget);
      this.fourReads(second, terms, secondTarget);
      return;
    }
    const { dModel } = this.#reader.prompt.model.shape;
    const all = this.#side.directions.of(terms);
    const [m0, m1, m2, m3] = [terms[0] * dModel, terms[1] * dModel, terms[2] * dModel, terms[3] * dModel];
    const [factor, x, xFrom] = this.#output(first);
    const [otherFactor, y, yFrom] = this.#output(second);
    eightDots(all, m0, m1, m2, m3, x, xFrom, y, yFrom, dModel, firstTarget, secondTarget);
    for (let i = 0; i < 4; i += 1) {
      firstTarget[i] *= factor;
      secondTarget[i] *= otherFactor;
    }
    this.#addTurnedReads(first, terms, firstTarget);
    this.#addTurnedReads(second, terms, secondTarget);
  }

  /** Whether what does not turn of a group is an output of the prompt's: of a head, an MLP or the embedding. */
  #isVector(group: number): boolean {
    return group !== this.#upstream.offset && !this.#upstream.isBias(group);
  }

  /** Where the summed output of a head, an MLP or the embedding stands, and what it is to be multiplied by. */
  #output(group: number): readonly [factor: number, output: Float64Array, from: number] {
    const { headOutputs } = this.#reader.prompt;
    const upstream = this.#upstream;
    if (group >= upstream.mlps) return [1, this.#mean(upstream.writerOf(group)), 0];
    const layer = upstream.layerOf(group);
    const place = headOutputs.place(layer, upstream.headOf(group), upstream.tokenOf(group));
    return [this.sums[group], headOutputs.array(place), headOutputs.offset(place)];
  }

  #addTurnedReads(group: number, terms: ArrayLike<number>, target: Float64Array): void {
    const { prompt, dHead } = this.#reader;
    if (prompt.rotation.half === 0) return;
    const turned = this.#turned.of(group);
    for (let i = 0; i < 4; i += 1) {
      target[i] += dot(this.#side.reading, terms[i] * dHead, turned, 0, turned.length);
    }
  }

  /**
   * Length of the sum of a group that is no head's, where it is known more closely than by the lengths of what is
   * summed; infinite elsewhere.
   */
  size(group: number): number {
    if (!this.#isVector(group) || this.#reader.prompt.rotation.half > 0) return Number.POSITIVE_INFINITY;
    const mean = this.#mean(this.#upstream.writerOf(group));
    return BOUND_SLACK * norm(mean, 0, mean.length);
  }

  #mean(writer: number): Float64Array {
    const known = this.#means[writer];
    if (known !== undefined) return known;
    const { dModel } = this.#reader.prompt.model.shape;
    const mean = new Float64Array(dModel);
    const first = this.weights.findIndex((weight) => weight !== 0);
    const values = this.#reader.whole(writer);
    const count = this.weights.length - first;
    if (first >= 0) vectorMatrix(this.weights, first, count, values, first * dModel, dModel, mean, 0);
    this.#means[writer] = mean;
    return mean;
  }

  #sumPatterns(): void {
    const { prompt, layer } = this.#reader;
    const tokens = prompt.tokens.length;
    const { heads } = prompt.model.shape;
    const { sums, absoluteSums, weights } = this;
    const length = weights.length;
    for (let l = 0, group = 0; l < layer; l += 1) {
      const { pattern } = prompt.layers[l];
      for (let h = 0; h < heads; h += 1, group += length) {
        for (let t = 0; t < length; t += 1) {
          const weight = weights[t];
          if (weight === 0) continue;
          const row = (h * tokens + t) * tokens;
          for (let j = 0; j <= t; j += 1) {
            const part = weight * pattern[row + j];
            sums[group + j] += part;
            absoluteSums[group + j] += Math.abs(part);
          }
        }
      }
    }
  }
}
