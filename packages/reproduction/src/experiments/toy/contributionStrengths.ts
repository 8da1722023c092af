import { rankedTargets, type ToyConfig, type ToyParameters } from '@svf-alignment/toy';
import type { AttentionContexts } from './attentionContexts.ts';
import { contributions } from './contributions.ts';

/** Contributions of one singular vector pair beside how strongly its feature pair is present, by context. */
export interface ContributionStrengths {
  /** k, the rank of the pair's target and the singular vector pair that is to stand for it. */
  readonly rank: number;
  readonly target: number;
  /** f_i of the query times f_j of the attended key. */
  readonly product: Float64Array;
  /** f_i of the query times what f_j of the attended key exceeds its mean over the other keys by. */
  readonly relative: Float64Array;
  readonly contribution: Float64Array;
}

/** For each target pair, in descending order of target, the contributions of the singular vector pair of its rank. */
export function contributionStrengths(
  config: ToyConfig,
  parameters: ToyParameters,
  contexts: AttentionContexts,
): ContributionStrengths[] {
  const terms = contributions(config, parameters, contexts);
  const { queries, attended, others } = contexts;
  const pairs = rankedTargets(config).slice(0, config.headDimension);
  return pairs.map(({ query, key, target }, rank) => ({
    rank,
    target,
    product: Float64Array.from(
      terms,
      (_, context) => queries.get(context, query) * attended.get(context, key),
    ),
    relative: Float64Array.from(
      terms,
      (_, context) => queries.get(context, query) * (attended.get(context, key) - others.get(context, key)),
    ),
    contribution: Float64Array.from(terms, (ofContext) => ofContext[rank]),
  }));
}

/** Slope of the least-squares line y = s x through the origin; 0 where x is zero throughout. */
export function slope(x: Float64Array, y: Float64Array): number {
  const inner = (other: Float64Array) => x.reduce((sum, value, i) => sum + value * other[i], 0);
  const square = inner(x);
  return square > 0 ? inner(y) / square : 0;
}
