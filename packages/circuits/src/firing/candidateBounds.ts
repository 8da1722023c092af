import { BOUND_SLACK } from '../kernels/boundSlack.ts';
import type { HeadSide } from '../model/circuitModel.ts';
import type { HeadReader } from './HeadReader.ts';
import type { SummedOutputs } from './SummedOutputs.ts';
import type { UpstreamGroups } from './UpstreamGroups.ts';

/**
 * Lengths of the groups' summed outputs, or what they cannot exceed [groups]. The offset, which is in head space,
 * counts as infinite: it is always evaluated.
 */
export function outputSizes(
  reader: HeadReader,
  upstream: UpstreamGroups,
  { weights, sums, absoluteSums }: SummedOutputs,
): Float64Array {
  const { prompt, layer } = reader;
  const { headOutputs, rotation, model } = prompt;
  const { heads } = model.shape;
  const length = weights.length;
  const sizes = new Float64Array(upstream.count);
  for (let l = 0, group = 0; l < layer; l += 1) {
    for (let h = 0; h < heads; h += 1) {
      for (let j = 0; j < length; j += 1, group += 1) {
        // What turns does not cancel as the weights do.
        const sum = rotation.half === 0 ? Math.abs(sums[group]) : absoluteSums[group];
        if (sum > 0) sizes[group] = BOUND_SLACK * sum * headOutputs.size(l, h, j);
      }
    }
  }
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const wholeSize = (writer: number): number => {
    const own = reader.wholeSizes(writer);
    return BOUND_SLACK * weights.reduce((sum, weight, t) => sum + Math.abs(weight) * own[t], 0);
  };
  for (let l = 0; l < layer; l += 1) {
    sizes[upstream.mlps + l] = wholeSize(l);
    sizes[upstream.biases + l] = BOUND_SLACK * total * model.layers[l].outputBiasSize;
  }
  sizes[upstream.embedding] = wholeSize(layer);
  sizes[upstream.offset] = Number.POSITIVE_INFINITY;
  return sizes;
}

/**
 * What no gradient of each group's candidates exceeds [groups]: size times the largest worth, or less where
 * products with upstream heads are known.
 *
 * @param factors what a read is multiplied by for the gradient [K]
 */
export function groupBounds(
  { prompt }: HeadReader,
  side: HeadSide,
  upstream: UpstreamGroups,
  { sums, absoluteSums, weights }: SummedOutputs,
  sizes: Float64Array,
  worths: Float64Array,
  factors: Float64Array,
): Float64Array {
  const { headOutputs, model } = prompt;
  const largest = worths.reduce((a, b) => Math.max(a, b), 0);
  const bounds = sizes.map((size) => (size === 0 || largest === 0 ? 0 : size * largest));
  const products = model.products.knownOf(side);
  if (products === undefined) return bounds;
  const length = weights.length;
  const { turningSizes } = side;
  for (let head = 0, group = 0; group < upstream.mlps; head += 1, group += length) {
    const product = products[head];
    if (product === undefined) continue;
    let still = 0;
    let turned = 0;
    for (let k = 0; k < factors.length; k += 1) {
      const factor = Math.abs(factors[k]);
      still = Math.max(still, factor * product.stillSizes[k]);
      turned = Math.max(turned, factor * turningSizes[k] * product.turningSize);
    }
    const layer = upstream.layerOf(group);
    for (let j = 0; j < length; j += 1) {
      const worth = still * Math.abs(sums[group + j]) + turned * absoluteSums[group + j];
      const bound = BOUND_SLACK * worth * headOutputs.valueSize(layer, upstream.headOf(group), j);
      if (bound < bounds[group + j]) bounds[group + j] = bound;
    }
  }
  return bounds;
}
