import type { ToyConfig } from '../../config/toyConfig.ts';
import { batchSize } from '../../sampling/batch.ts';

/** Tokens whose errors are held at a time, as in assembly/plan.ts. */
const BLOCK = 128;
/** The first bytes are left alone: address 0 stands for "none". */
const START = 1024;
const ALIGNMENT = 64;

/** Sizes of a model, padded to the four lanes of a vector. */
export interface Sizes {
  readonly features: number;
  readonly dimension: number;
  readonly head: number;
  readonly keys: number;
  readonly queries: number;
  readonly tokens: number;
  readonly paddedQueries: number;
  readonly targets: number;
}

export function padded(count: number): number {
  return Math.ceil(count / 4) * 4;
}

export function sizesOf(config: ToyConfig): Sizes {
  const { queries, keys } = batchSize(config);
  return {
    features: padded(config.features),
    dimension: padded(config.dimension),
    head: padded(config.headDimension),
    keys: config.keys,
    queries,
    tokens: keys,
    paddedQueries: padded(queries),
    targets: config.targets.length,
  };
}

/** Bytes of each region of a model's memory; `Plan` in assembly/plan.ts says what they hold. */
function regions(config: ToyConfig) {
  const { features: N, dimension: D, head: H, keys: m, paddedQueries: Q, targets } = sizesOf(config);
  const rotary = config.rotary !== null;
  const parameters = 4 * (D * N + N + 2 * D * H);
  const matrix = (rows: number, columns: number, needed = true) => (needed ? 4 * rows * columns : 0);
  const head = H > 0;
  return {
    plan: 1024,
    sampler: 64,
    lastLanes: 16,
    parameters,
    gradients: parameters,
    firstMoment: parameters,
    secondMoment: parameters,
    keyTokens: matrix(Q * m, N),
    queryTokens: matrix(Q, N, head),
    errorWeights: matrix(1, N),
    gram: matrix(N, N),
    gradientGram: matrix(N, N),
    errors: matrix(BLOCK, N),
    queryFactor: matrix(N, H),
    keyFactor: matrix(N, H),
    gradientQueryFactor: matrix(N, H),
    gradientKeyFactor: matrix(N, H),
    transposedQueryFactor: matrix(N, H),
    transposedKeyFactor: matrix(N, H),
    bilinear: matrix(N, N, head && !rotary),
    gradientBilinear: matrix(N, N, head && !rotary),
    projectedQueries: matrix(Q, rotary ? H : N, head),
    gradientQueries: matrix(Q, H, rotary),
    projectedKeys: matrix(Q * m, H, rotary),
    cosines: matrix(m, H, rotary),
    signedSines: matrix(m, H, rotary),
    logits: matrix(m, Q, head),
    targetLogits: matrix(m, Q, head),
    targetQuery: 4 * targets,
    targetKey: 4 * targets,
    targetFactors: 4 * m * targets,
    targetStrengths: 4 * targets,
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
