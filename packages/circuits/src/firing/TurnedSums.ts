import { addRotated } from '../prompt/rotation.ts';
import type { HeadReader } from './HeadReader.ts';
import type { TurningParts } from './TurningParts.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/** With rotary positions, what turns of the groups' outputs, turned and summed over tokens. Not of the offset. */
export class TurnedSums {
  readonly #reader: HeadReader;
  readonly #parts: TurningParts;
  readonly #upstream: UpstreamGroups;
  readonly #weights: Float64Array;
  readonly #sums = new Map<number, Float64Array>();

  /** @param weights of the tokens t' ≤ d [d + 1] */
  constructor(reader: HeadReader, parts: TurningParts, upstream: UpstreamGroups, weights: Float64Array) {
    this.#reader = reader;
    this.#parts = parts;
    this.#upstream = upstream;
    this.#weights = weights;
  }

  /** Σ_t' w[t'] R_t' x(t') of a group, with the attention that a head pays included. */
  of(group: number): Float64Array {
    const known = this.#sums.get(group);
    if (known !== undefined) return known;
    const { rotation } = this.#reader.prompt;
    const parts = this.#parts;
    const sum = new Float64Array(2 * rotation.half);
    for (const [t, weight] of this.#weights.entries()) {
      const factor = weight === 0 ? 0 : weight * this.#attention(group, t);
      if (factor === 0) continue;
      const place = this.#part(group, t);
      addRotated(rotation, t, factor, parts.array(place), parts.offset(place), sum.length, sum, 0);
    }
    this.#sums.set(group, sum);
    return sum;
  }

  /** What a head pays to its breakdown token; 1 for what is no head. */
  #attention(group: number, token: number): number {
    const upstream = this.#upstream;
    if (group >= upstream.mlps) return 1;
    return this.#reader.attentionOf(
      upstream.layerOf(group),
      upstream.headOf(group),
      token,
      upstream.tokenOf(group),
    );
  }

  #part(group: number, token: number): number {
    const upstream = this.#upstream;
    if (group < upstream.mlps) {
      return this.#parts.ofHead(upstream.layerOf(group), upstream.headOf(group), upstream.tokenOf(group));
    }
    if (upstream.isBias(group)) return this.#parts.ofBias(group - upstream.biases);
    const writer = upstream.writerOf(group);
    return this.#parts.ofWhole(writer, this.#reader.whole(writer), token);
  }
}
