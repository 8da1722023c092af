import { Matrix, type RandomStream } from '@svf-alignment/core';
import type { TargetPair, ToyConfig } from '@svf-alignment/toy';

/** Inputs of the head as feature strengths, one context per row: a query and m keys, the first of them attended to. */
export interface AttentionContexts {
  /** [contexts × N] */
  readonly queries: Matrix;
  /** The attended key, [contexts × N]. */
  readonly attended: Matrix;
  /** Mean of the other keys, [contexts × N]. */
  readonly others: Matrix;
}

/** What `drawContexts` puts into a context. */
export interface ContextContent {
  /**
   * The pairs of which both features are present, in the query and in the attended key; no other feature of any target
   * pair occurs in the context. Without it every feature is drawn as in training.
   */
  readonly pairs?: readonly TargetPair[];
  /** Strength of the features of `pairs`; by default drawn from U(0, 1). */
  readonly strength?: number;
}

/**
 * Draws contexts as in training, feature i of a token present with probability p and then of strength U(0, 1), but
 * with a say in which features of interest there are.
 *
 * @param content of context 0, 1, …
 */
export function drawContexts(
  config: ToyConfig,
  count: number,
  random: RandomStream,
  content: (context: number) => ContextContent,
): AttentionContexts {
  const { features, keys, featureProbability, targets } = config;
  const ofInterest = new Set(targets.flatMap(({ query, key }) => [query, key]));
  const queries = Matrix.zeros(count, features);
  const attended = Matrix.zeros(count, features);
  const others = Matrix.zeros(count, features);
  for (let context = 0; context < count; context += 1) {
    const { pairs, strength } = content(context);
    for (let token = 0; token <= keys; token += 1) {
      const rows = token === 0 ? queries : token === 1 ? attended : others;
      const share = token < 2 ? 1 : 1 / (keys - 1);
      for (let feature = 0; feature < features; feature += 1) {
        // Both numbers are drawn whatever comes of them, so that the other features do not depend on `content`.
        const present = random.uniform() < featureProbability;
        const drawn = random.uniform();
        if (present && (pairs === undefined || !ofInterest.has(feature))) {
          rows.set(context, feature, rows.get(context, feature) + share * drawn);
        }
      }
    }
    for (const { query, key } of pairs ?? []) {
      queries.set(context, query, strength ?? random.uniform());
      attended.set(context, key, strength ?? random.uniform());
    }
  }
  return { queries, attended, others };
}
