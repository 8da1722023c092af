import type { AbstractMatrix } from 'ml-matrix';
import { SvfError } from '../error.ts';
import { demandSource, nonFiniteAt } from './relativeAttention.ts';

/**
 * Sparse attention decomposition: t_k = p_k · [q_k(source) − mean of q_k over the other tokens] / attentionScale, the
 * share of singular vector pair k in the relative attention. Σ_k t_k = RA.
 *
 * @param destination [K], p_k of the destination token: (x_dᵀ u_k) σ_k, or the query vector times G_d.
 * @param sources [context, K], q_k of every token of the context, one token per row: v_kᵀ x_j, or G_s times the key vector.
 * @param source row of the source token.
 * @param attentionScale what scores are divided by: √dHead in language models, 1 (default) in the toy model.
 * @returns [K], signed.
 * @throws SvfError `shape-mismatch`; `context-too-short`; `source-out-of-range`; `non-finite-entry` with path [k] or
 * [token, k]; `attention-scale-out-of-range`.
 */
export function relativeAttentionTerms(
  destination: ArrayLike<number>,
  sources: AbstractMatrix,
  source: number,
  attentionScale = 1,
): Float64Array {
  const { rows: context, columns: count } = sources;
  if (destination.length !== count) {
    throw new SvfError('Destination and sources must have the same number of terms.', {
      code: 'shape-mismatch',
      expected: `${count} destination values`,
      received: String(destination.length),
    });
  }
  if (!Number.isFinite(attentionScale) || attentionScale <= 0) {
    throw new SvfError('Scores are divided by a positive number.', {
      code: 'attention-scale-out-of-range',
      expected: 'a finite number above 0',
      received: String(attentionScale),
    });
  }
  demandSource(context, source);
  const terms = new Float64Array(count);
  for (let k = 0; k < count; k += 1) {
    if (!Number.isFinite(destination[k])) throw nonFiniteAt('destination value', [k], destination[k]);
    let others = 0;
    for (let j = 0; j < context; j += 1) {
      const value = sources.get(j, k);
      if (!Number.isFinite(value)) throw nonFiniteAt('source value', [j, k], value);
      if (j !== source) others += value / (context - 1);
    }
    terms[k] = (destination[k] * (sources.get(source, k) - others)) / attentionScale;
  }
  return terms;
}
