import type { ToyConfig } from '../../config/toyConfig.ts';
import { type Layout, sizesOf } from './layout.ts';

/** Where W, b, A and B begin within the parameters, and their end. */
export function parameterOffsets(config: ToyConfig): {
  W: number;
  b: number;
  A: number;
  B: number;
  end: number;
} {
  const { features: N, dimension: D, head: H } = sizesOf(config);
  const b = 4 * D * N;
  const A = b + 4 * N;
  const B = A + 4 * D * H;
  return { W: 0, b, A, B, end: B + 4 * D * H };
}

/** The words of `Plan` in assembly/plan.ts, in its order. */
export function planWords(config: ToyConfig, { address }: Layout): readonly (number | { float: number })[] {
  const sizes = sizesOf(config);
  const at = parameterOffsets(config);
  const trainedFrom = config.freezeFeatures ? at.A : 0;
  const probability = Math.fround(config.featureProbability);
  const logitScale = config.scaledLogits ? 1 / Math.sqrt(config.headDimension) : 1;
  const float = (value: number) => ({ float: value });
  return [
    sizes.features,
    sizes.dimension,
    sizes.head,
    sizes.keys,
    sizes.queries,
    sizes.paddedQueries,
    sizes.blockQueries,
    sizes.blocks,
    sizes.blockStride,
    sizes.blockBytes,
    sizes.queryStride,
    sizes.targets,
    address.sampler,
    address.lastLanes,
    float(probability * 2 ** 24),
    float(Math.fround(1 / probability) / 2 ** 24),
    float(logitScale),
    float((config.attentionWeight / sizes.queries) * logitScale),
    address.drawn,
    address.keyTokens,
    address.queryTokens,
    address.lastMask,
    address.parameters + at.W,
    address.parameters + at.b,
    address.parameters + at.A,
    address.parameters + at.B,
    address.gradients + at.W,
    address.gradients + at.b,
    address.gradients + at.A,
    address.gradients + at.B,
    address.firstMoment,
    address.secondMoment,
    trainedFrom,
    at.end - trainedFrom,
    address.errorWeights,
    address.gram,
    address.gradientGram,
    address.errors,
    address.errorSums,
    address.queryFactor,
    address.keyFactor,
    address.gradientQueryFactor,
    address.gradientKeyFactor,
    address.bilinear,
    address.gradientBilinear,
    address.projectedQueries,
    address.gradientQueries,
    address.projectedKeys,
    address.cosines,
    address.sines,
    address.logits,
    address.targetLogits,
    address.targetQuery,
    address.targetKey,
    address.targetFactors,
  ];
}
