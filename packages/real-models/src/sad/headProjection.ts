import { packedColumns, packedRows, type QkFactors, rowProducts, SvfError } from '@svf-alignment/core';
import { keyValueHead } from '../architecture/keyValueHead.ts';
import type { ModelShape } from '../architecture/modelShape.ts';
import type { Activations } from '../forward/activations.ts';
import { hookName } from '../forward/hookNames.ts';
import type { HeadIndex } from './sadRow.ts';
import { queryKeyHooks } from './sadTaps.ts';

/** The tokens of one prompt as one head sees them, with T tokens and K terms: the score of (d, s) is Σ_k p_k(d) q_k(s). */
export interface HeadProjection {
  readonly tokens: number;
  readonly terms: number;
  /** p [T, K], row-major. */
  readonly destination: Float64Array;
  /** q [T, K], row-major. */
  readonly source: Float64Array;
  /** Σ_{j ≤ t} q_k(j) [T, K], row-major: the mean over a context in one look. */
  readonly sourceSums: Float64Array;
}

/**
 * p_k(d) = (query vector of d) · G_d and q_k(s) = G_s · (key vector of s) for every token (spec §2): biases are part of
 * the vectors, rotary positions have been applied to them. With grouped queries, key head ⌊h / group size⌋ serves head h.
 *
 * @param factors of this head, from the processed weights.
 * @throws SvfError `hook-not-tapped`; `shape-mismatch` when the factors are of a head of another size.
 */
export function headProjection(
  activations: Activations,
  shape: ModelShape,
  factors: QkFactors,
  { layer, head }: HeadIndex,
): HeadProjection {
  const { dHead } = shape;
  if (factors.destination.rows !== dHead || factors.source.columns !== dHead) {
    throw new SvfError(`The factors of head ${layer}.${head} do not fit the model.`, {
      code: 'shape-mismatch',
      path: ['factors', layer, head],
      expected: `factors for query and key vectors of ${dHead} entries`,
      received: `${factors.destination.rows} and ${factors.source.columns} entries`,
      remedy: 'Pass the factors of the same model.',
    });
  }
  const hooks = queryKeyHooks(shape);
  const keyHead = keyValueHead(shape, head);
  const queries = headRows(activations, hookName(layer, hooks.query), head);
  const keys = headRows(activations, hookName(layer, hooks.key), keyHead);
  return projectionOf(
    rowProducts(queries, packedColumns(factors.destination), dHead),
    rowProducts(keys, packedRows(factors.source), dHead),
    factors.singularValues.length,
  );
}

/** From p and q [T, K], row-major. */
export function projectionOf(destination: Float64Array, source: Float64Array, terms: number): HeadProjection {
  const sourceSums = Float64Array.from(source);
  for (let i = terms; i < sourceSums.length; i += 1) sourceSums[i] += sourceSums[i - terms];
  return { tokens: source.length / terms, terms, destination, source, sourceSums };
}

/** The part of one head of an activation [T, heads, dHead]: [T, dHead]. */
function headRows(activations: Activations, hook: string, head: number): Float64Array {
  const { data, shape } = activations.tensor(hook);
  const [tokens, heads, dHead] = shape;
  const rows = new Float64Array(tokens * dHead);
  for (let token = 0; token < tokens; token += 1) {
    const from = (token * heads + head) * dHead;
    rows.set(data.subarray(from, from + dHead), token * dHead);
  }
  return rows;
}
