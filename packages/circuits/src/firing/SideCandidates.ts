import type { Side } from '../model/ReadingSizes.ts';
import { groupBounds, outputSizes } from './candidateBounds.ts';
import type { Candidates } from './candidates.ts';
import type { HeadReader } from './HeadReader.ts';
import { ProductScreens } from './ProductScreens.ts';
import { SummedOutputs } from './SummedOutputs.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/** What the candidates of both sides of a firing have in common: integrated gradients and their bounds. */
export abstract class SideCandidates implements Candidates {
  readonly sizes: Float64Array;
  readonly worths: Float64Array;
  readonly bounds: Float64Array;
  protected readonly reader: HeadReader;
  protected readonly upstream: UpstreamGroups;
  protected readonly outputs: SummedOutputs;
  readonly #factors: Float64Array;
  readonly #screens: ProductScreens;

  /**
   * @param weights of tokens [d + 1], under which outputs are summed
   * @param factors what singular vectors read of the sums counts this much in the gradient [K]
   */
  constructor(
    reader: HeadReader,
    side: Side,
    upstream: UpstreamGroups,
    weights: Float64Array,
    factors: Float64Array,
  ) {
    const { prompt, layer, head } = reader;
    const { model, rotation } = prompt;
    this.reader = reader;
    this.upstream = upstream;
    this.#factors = factors;
    this.outputs = new SummedOutputs(reader, side, upstream, weights);
    const sizes = model.readingSizes.ofResiduals(layer, head, side, upstream.destination, rotation);
    this.worths = factors.map((factor, k) => (factor === 0 ? 0 : Math.abs(factor) * sizes[k]));
    this.sizes = outputSizes(reader, upstream, this.outputs);
    const own = reader.side[side];
    this.bounds = groupBounds(reader, own, upstream, this.outputs, this.sizes, this.worths, factors);
    this.#screens = new ProductScreens(reader, own, upstream, this.outputs, factors, this.worths);
  }

  abstract row(group: number, term: number, target: Float64Array): void;

  /** Sum of all candidates, through what their outputs add up to [d + 1]. */
  abstract sum(): Float64Array;

  fourGradients(group: number, terms: ArrayLike<number>, target: Float64Array): void {
    this.outputs.fourReads(group, terms, target);
    for (let i = 0; i < 4; i += 1) target[i] *= this.#factors[terms[i]];
  }

  fourGradientsOfTwo(
    first: number,
    second: number,
    terms: ArrayLike<number>,
    firstTarget: Float64Array,
    secondTarget: Float64Array,
  ): void {
    this.outputs.fourReadsOfTwo(first, second, terms, firstTarget, secondTarget);
    for (let i = 0; i < 4; i += 1) {
      firstTarget[i] *= this.#factors[terms[i]];
      secondTarget[i] *= this.#factors[terms[i]];
    }
  }

  termBounds(group: number, target: Float64Array, offset: number): boolean {
    if (group >= this.upstream.mlps) {
      this.sizes[group] = Math.min(this.sizes[group], this.outputs.size(group));
      return false;
    }
    return this.#screens.bounds(group, this.sizes[group], target, offset);
  }

  screen(group: number, least: number, bounds: Float64Array, offset: number, screened: Uint8Array): void {
    this.#screens.screen(group, this.sizes[group], least, bounds, offset, screened);
  }

  flatIndex(group: number, term: number): number {
    return this.upstream.flatIndex(group, term);
  }
}
