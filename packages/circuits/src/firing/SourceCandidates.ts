import { dot } from '@svf-alignment/core';
import { addScaled, matrixVector } from '../kernels/matrixVector.ts';
import { rotatedDot } from '../prompt/rotation.ts';
import type { HeadReader } from './HeadReader.ts';
import { SideCandidates } from './SideCandidates.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/**
 * Source side of a firing (attention-circuits §4): upstream outputs at every token t' ≤ d, read by the key: C[t'] =
 * p_k(x̂_d + c_d) q_k(o at t') / scale. A head's part with breakdown token j takes, at every t', what came from j:
 * A_t'j v_j W_O.
 */
export class SourceCandidates extends SideCandidates {
  /** p_k(x̂_d + c_d) / scale [K]. */
  readonly #read: Float64Array;

  constructor(reader: HeadReader, upstream: UpstreamGroups, gradientWeights: Float64Array) {
    const read = queryReads(reader, upstream.destination);
    super(reader, 'source', upstream, gradientWeights, read);
    this.#read = read;
  }

  row(group: number, term: number, target: Float64Array): void {
    const { upstream } = this;
    if (group === upstream.offset) this.#offsetRow(term, target);
    else if (group < upstream.mlps || upstream.isBias(group)) this.#sameRow(group, term, target);
    else this.#wholeRow(upstream.writerOf(group), term, target);
  }

  sum(): Float64Array {
    const { side, dHead } = this.reader;
    const read = new Float64Array(dHead);
    for (const [k, value] of this.#read.entries()) {
      addScaled(read, 0, value, side.source.reading, k * dHead, dHead);
    }
    return this.reader.scoresOfSums(read, this.upstream.destination);
  }

  #offsetRow(term: number, target: Float64Array): void {
    const { prompt, side, dHead } = this.reader;
    const { reading, bias } = side.source;
    for (let t = 0; t < target.length; t += 1) {
      target[t] = this.#read[term] * rotatedDot(prompt.rotation, t, reading, term * dHead, bias, 0, dHead);
    }
  }

  /** Of a head or a bias: the same output at every token but for the attention, the norm and what turns. */
  #sameRow(group: number, term: number, target: Float64Array): void {
    const { prompt, layer: own, parts } = this.reader;
    const { headOutputs, rotation } = prompt;
    const { scale } = prompt.layers[own];
    const { layer, component, token } = this.upstream.component(group);
    const isHead = group < this.upstream.mlps;
    const place = isHead ? headOutputs.place(layer, component, token) : -1;
    const still = isHead
      ? this.#still(term, headOutputs.array(place), headOutputs.offset(place))
      : this.reader.side.source.directions.readsOf(prompt.model.layers[layer].outputBias, layer)[term];
    for (let t = 0; t < target.length; t += 1) {
      const attention = isHead ? this.reader.attentionOf(layer, component, t, token) : 1;
      let read = still;
      if (rotation.half > 0 && attention !== 0) {
        const part = isHead ? parts.source.ofHead(layer, component, token) : parts.source.ofBias(layer);
        read += this.#turned(term, t, part);
      }
      target[t] = (this.#read[term] * attention * read) / scale[t];
    }
  }

  #wholeRow(writer: number, term: number, target: Float64Array): void {
    const { prompt, layer, parts } = this.reader;
    const { scale } = prompt.layers[layer];
    const { dModel } = prompt.model.shape;
    const values = this.reader.whole(writer);
    for (let t = 0; t < target.length; t += 1) {
      let read = this.#still(term, values, t * dModel);
      if (prompt.rotation.half > 0) read += this.#turned(term, t, parts.source.ofWhole(writer, values, t));
      target[t] = (this.#read[term] * read) / scale[t];
    }
  }

  /** What does not turn of G_s[k] · W_Kᵀ output. */
  #still(term: number, output: Float64Array, from: number): number {
    const { dModel } = this.reader.prompt.model.shape;
    const directions = this.reader.side.source.directions.of([term]);
    return dot(directions, term * dModel, output, from, dModel);
  }

  /** What turns of G_s[k] · R_t W_Kᵀ output. */
  #turned(term: number, token: number, part: number): number {
    const { prompt, side, dHead, parts } = this.reader;
    const array = parts.source.array(part);
    const offset = parts.source.offset(part);
    const turning = 2 * prompt.rotation.half;
    return rotatedDot(prompt.rotation, token, side.source.reading, term * dHead, array, offset, turning);
  }
}

/** p_k(x̂_d + c_d) / scale of the head's own query [K]. */
function queryReads(reader: HeadReader, destination: number): Float64Array {
  const { prompt, layer, side, dHead, scoreScale } = reader;
  const { queries } = prompt.layers[layer];
  const reads = new Float64Array(prompt.model.terms);
  matrixVector(
    side.destination.reading,
    0,
    reads.length,
    dHead,
    queries,
    reader.queryOffset(destination),
    reads,
    0,
  );
  return reads.map((read) => read / scoreScale);
}
