import { dot } from '@svf-alignment/core';
import { addScaled, matrixVector } from '../kernels/matrixVector.ts';
import { turnedBack } from '../prompt/rotation.ts';
import type { HeadReader } from './HeadReader.ts';
import { SideCandidates } from './SideCandidates.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/**
 * Destination side of a firing (attention-circuits §4): upstream outputs at token d, read by the query. Rows are of
 * rank one, C[t'] = p_k(o) q_k(x̂_t' + c_s) / scale, so the integrated gradient is p_k(o) · Q_k with Q_k = Σ_t'
 * w[t'] q_k(x̂_t' + c_s) / scale.
 */
export class DestinationCandidates extends SideCandidates {
  readonly #four = new Float64Array(4);

  constructor(reader: HeadReader, upstream: UpstreamGroups, gradientWeights: Float64Array) {
    super(
      reader,
      'destination',
      upstream,
      onlyLast(gradientWeights.length),
      keyGradients(reader, gradientWeights),
    );
  }

  row(group: number, term: number, target: Float64Array): void {
    const { dHead, side, scoreScale, keys } = this.reader;
    this.outputs.fourReads(group, [term, term, term, term], this.#four);
    const read = this.#four[0] / scoreScale;
    for (let t = 0; t < target.length; t += 1) {
      target[t] = read * dot(side.source.reading, term * dHead, keys, this.reader.keyOffset(t), dHead);
    }
  }

  sum(): Float64Array {
    const { prompt, layer, side, dHead, scoreScale, keys } = this.reader;
    const { terms, shape } = prompt.model;
    const { residual, scale } = prompt.layers[layer];
    const d = this.upstream.destination;
    const query = new Float64Array(dHead);
    matrixVector(side.destination.weights, 0, dHead, shape.dModel, residual, d * shape.dModel, query, 0);
    for (let i = 0; i < dHead; i += 1) query[i] = query[i] / scale[d] + side.destination.bias[i];
    const reading = turnedBack(prompt.rotation, d, side.destination.reading, dHead);
    const read = new Float64Array(dHead);
    for (let k = 0; k < terms; k += 1) {
      const value = dot(reading, k * dHead, query, 0, dHead) / scoreScale;
      addScaled(read, 0, value, side.source.reading, k * dHead, dHead);
    }
    const scores = new Float64Array(d + 1);
    for (let t = 0; t <= d; t += 1) scores[t] = dot(read, 0, keys, this.reader.keyOffset(t), dHead);
    return scores;
  }
}

/** Outputs count at token d alone. */
function onlyLast(length: number): Float64Array {
  const weights = new Float64Array(length);
  weights[length - 1] = 1;
  return weights;
}

/** Q_k [K]. */
function keyGradients(reader: HeadReader, gradientWeights: Float64Array): Float64Array {
  const { prompt, side, dHead, scoreScale, keys } = reader;
  const mean = new Float64Array(dHead);
  for (const [t, weight] of gradientWeights.entries()) {
    addScaled(mean, 0, weight / scoreScale, keys, reader.keyOffset(t), dHead);
  }
  const gradients = new Float64Array(prompt.model.terms);
  matrixVector(side.source.reading, 0, gradients.length, dHead, mean, 0, gradients, 0);
  return gradients;
}
