import type { Firing } from '../firing/firing.ts';
import type { IndexedEdge } from '../signals/indexedEdge.ts';
import type { InterventionEffect } from './intervention.ts';

/** What an intervention on several edges at once does. */
export interface JointEffect {
  /** Mean of the attention weights of the edges' firings, each counted once. */
  readonly attentionClean: number;
  readonly attention: number;
  /** As in `InterventionEffect`. */
  readonly logitDifferenceClean: number;
  readonly logitDifference: number;
  /** In the order of the edges. */
  readonly firings: readonly FiringEffect[];
}

export interface FiringEffect extends Pick<InterventionEffect, 'attentionClean' | 'attention'> {
  readonly firing: Firing;
}

/**
 * Sums up one intervention over its edges.
 *
 * @param edges at least one
 * @param effects one for each edge, of the same run
 */
export function jointEffect(
  edges: readonly IndexedEdge[],
  effects: readonly InterventionEffect[],
): JointEffect {
  const keys = edges.map(({ firing }) => JSON.stringify(firing));
  const firings = effects.flatMap(({ attentionClean, attention }, i) =>
    keys.indexOf(keys[i]) === i ? [{ firing: edges[i].firing, attentionClean, attention }] : [],
  );
  const [{ logitDifferenceClean, logitDifference }] = effects;
  return {
    attentionClean: mean(firings.map(({ attentionClean }) => attentionClean)),
    attention: mean(firings.map(({ attention }) => attention)),
    logitDifferenceClean,
    logitDifference,
    firings,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
