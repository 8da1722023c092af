import type { ToyConfig } from '../../config/toyConfig.ts';
import { batchSize } from '../../sampling/batch.ts';

/** Tokens in a block, about: 128 tokens of 20 features and their errors fit a first-level cache of 32 KiB. */
const BLOCK = 128;
/** The first bytes are left alone: address 0 stands for "none". */
const START = 1024;
const ALIGNMENT = 64;

/** Sizes of a model as `Plan` in assembly/plan.ts has them. */
export interface Sizes {
  /** N, D and H, padded to the four lanes of a vector. */
  readonly features: number;
  readonly dimension: number;
  readonly head: number;
  readonly keys: number;
  readonly queries: number;
  readonly paddedQueries: number;
  readonly blockQueries: number;
  readonly blocks: number;
  readonly blockStride: number;
  readonly blockBytes: number;
  readonly queryStride: number;
  readonly targets: number;
}

export function padded(count: number): number {
  return Math.ceil(count / 4) * 4;
}

/** Bytes of a row; one cache line more keeps the rows of a matrix out of each other's cache sets. */
function rowBytes(columns: number): number {
  return Math.ceil((4 * columns) / ALIGNMENT + 1) * ALIGNMENT;
}

export function sizesOf(config: ToyConfig): Sizes {
  const { queries } = batchSize(config);
  const features = padded(config.features);
  const inBlock = Math.max(4, padded(Math.floor(BLOCK / config.keys) - 3));
  const blockQueries = Math.min(inBlock, padded(queries));
  const blocks = Math.ceil(queries / blockQueries);
  const blockStride = rowBytes(blockQueries * config.keys);
  return {
    features,
    dimension: padded(config.dimension),
    head: padded(config.headDimension),
    keys: config.keys,
    queries,
    paddedQueries: blocks * blockQueries,
    blockQueries,
    blocks,
    blockStride,
    blockBytes: features * blockStride,
    queryStride: rowBytes(blocks * blockQueries),
    targets: config.targets.length,
  };
}

/** Bytes of each region of a model's memory; `Plan` says what they hold. */
function regions(config: ToyConfig) {
  const sizes = sizesOf(config);
  const { features: N, dimension: D, head: H, keys: m, blocks, blockQueries, targets } = sizes;
  const rotary = config.rotary !== null;
  const parameters = 4 * (D * N + N + 2 * D * H);
  const matrix = (rows: number, columns: number, needed = true) => (needed ? 4 * rows * columns : 0);
  const overQueries = (rows: number, needed = true) => (needed ? rows * sizes.queryStride : 0);
  const overKeys = (rows: number, needed = true) => (needed ? blocks * rows * sizes.blockStride : 0);
  const head = H > 0;
  return {
    plan: 1024,
    sampler: 64,
    lastLanes: 16,
    parameters,
    gradients: parameters,
    firstMoment: parameters,
    secondMoment: parameters,
    drawn: matrix(blockQueries * m, N),
    keyTokens: overKeys(N),
    queryTokens: overQueries(N, head),
    lastMask: matrix(m, blockQueries),
    errorWeights: matrix(1, N),
    gram: matrix(N, N),
    gradientGram: matrix(N, N),
    errors: sizes.blockBytes,
    errorSums: matrix(N, 4),
    queryFactor: matrix(N, H),
    keyFactor: matrix(N, H),
    gradientQueryFactor: matrix(N, H),
    gradientKeyFactor: matrix(N, H),
    bilinear: matrix(N, N, head && !rotary),
    gradientBilinear: matrix(N, N, head && !rotary),
    projectedQueries: overQueries(rotary ? H : N, head),
    gradientQueries: overQueries(H, rotary),
    projectedKeys: overKeys(H, rotary),
    cosines: matrix(m, H / 2, rotary),
    sines: matrix(m, H / 2, rotary),
    logits: matrix(m, sizes.paddedQueries, head),
    targetLogits: matrix(m, sizes.paddedQueries, head),
    targetQuery: 4 * targets,
    targetKey: 4 * targets,
    targetFactors: 4 * m * targets,
  };
}

export type Region = keyof ReturnType<typeof regions>;

/** Where everything lies. A region that the configuration does without has address 0. */
export interface Layout {
  readonly address: Readonly<Record<Region, number>>;
  readonly bytes: number;
}

export function layOut(config: ToyConfig): Layout {
  let bytes = START;
  const address = Object.fromEntries(
    Object.entries(regions(config)).map(([region, size]) => {
      const at = bytes;
      bytes += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
      return [region, size === 0 ? 0 : at];
    }),
  ) as Record<Region, number>;
  return { address, bytes };
}
