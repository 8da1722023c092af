import type { ToyConfig } from '../config/toyConfig.ts';
import type { TokenSampler } from './tokenSampler.ts';

/** Feature strengths of one step's tokens. */
export interface Batch {
  /** Q, the number of queries. */
  readonly queries: number;
  /** [Q·m × N]; keys of query q are rows q·m … q·m + m − 1, in position order. */
  readonly keyStrengths: Float64Array;
  /** [Q × N]; empty where the model has no head. */
  readonly queryStrengths: Float64Array;
}

/** Tokens per step: Q = floor(batchKeys / m) queries of m keys each. */
export function batchSize(config: Pick<ToyConfig, 'batchKeys' | 'keys'>): { queries: number; keys: number } {
  const queries = Math.floor(config.batchKeys / config.keys);
  return { queries, keys: queries * config.keys };
}

/** The next batch: all key tokens first, then the queries (none are drawn for a model without a head). */
export function drawBatch(config: ToyConfig, sampler: TokenSampler): Batch {
  const { queries, keys } = batchSize(config);
  const keyStrengths = sampler.draw(keys);
  const queryStrengths = sampler.draw(config.headDimension === 0 ? 0 : queries);
  return { queries, keyStrengths, queryStrengths };
}
