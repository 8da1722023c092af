import { setImmediate } from 'node:timers/promises';
import { exponential, logarithm } from '@svf-alignment/core';
import type { AttentionWeights, Weights } from '../weights/weights.ts';
import { conditionNumber, factorConditions } from './conditionNumber.ts';
import type { HeadFactors } from './headFactors.ts';

/** Numbers that describe one head's Ω = W_Q W_Kᵀ. */
export interface HeadSpectrum {
  readonly layer: number;
  readonly head: number;
  /** Of Ω, descending. */
  readonly singularValues: readonly number[];
  /** Largest over smallest singular value of W_Q, ≥ 1; null where it is singular to working precision. */
  readonly conditionQuery: number | null;
  /** The same of W_K. */
  readonly conditionKey: number | null;
  /** exp of the entropy of σ/Σσ: from 1 (one direction) to dHead (all alike); 0 where Ω is zero. */
  readonly effectiveRank: number;
}

/**
 * The spectra of all heads whose factors are given, in the order of layers and heads. Between two heads other work of
 * the process has its turn.
 *
 * @param weights processed ones, from which `factors` were computed; read only for heads whose weights are close to singular
 * @throws SvfError those of `svd`; the signal's reason when it is aborted
 */
export async function headSpectra(
  weights: Weights,
  factors: HeadFactors,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly HeadSpectrum[]> {
  const rows: HeadSpectrum[] = [];
  for (const [layer, heads] of factors.entries()) {
    let attention: AttentionWeights | undefined;
    for (const [head, ofHead] of heads.entries()) {
      await setImmediate();
      options.signal?.throwIfAborted();
      let { query, key } = factorConditions(ofHead);
      if (query === null || key === null) {
        attention ??= await weights.attention(layer);
        query ??= conditionNumber(attention.W_Q[head]);
        key ??= conditionNumber(attention.W_K[head]);
      }
      const { singularValues } = ofHead;
      rows.push({
        layer,
        head,
        singularValues: Array.from(singularValues),
        conditionQuery: query,
        conditionKey: key,
        effectiveRank: effectiveRank(singularValues),
      });
    }
  }
  return rows;
}

/** exp(−Σ p log p) with p = σ/Σσ (Roy and Vetterli 2007). */
export function effectiveRank(singularValues: Float64Array): number {
  const sum = singularValues.reduce((total, value) => total + value, 0);
  if (sum === 0) return 0;
  let entropy = 0;
  for (const value of singularValues) {
    const share = value / sum;
    if (share > 0) entropy -= share * logarithm(share);
  }
  return exponential(entropy);
}
