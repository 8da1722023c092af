import { attentionOf } from './attentionOf.ts';

/** Trapezoid steps of the path from no scores to the scores. */
const FIRING_STEPS = 64;

/**
 * w[t'] = ∫₀¹ ∂p_s/∂A_t' (αA) dα of the attention p_s that a row of scores gives to token s, by 64 trapezoid steps
 * (65 points): integrated gradients (Sundararajan et al. 2017) of any part C of the scores are Σ_t' C[t'] w[t'], so
 * one vector serves all candidates of a firing. Where p = softmax(A), w = ∫ p_s (e_s − p) dα.
 *
 * @param scores before the soft-cap [d + 1]
 * @param softcap scores count as cap · tanh(score / cap); null for none
 * @returns [d + 1]
 */
export function gradientWeights(
  scores: Float64Array,
  source: number,
  softcap: number | null = null,
): Float64Array {
  const length = scores.length;
  const weights = new Float64Array(length);
  const path = new Float64Array(length);
  const attention = new Float64Array(length);
  for (let step = 0; step <= FIRING_STEPS; step += 1) {
    const alpha = step / FIRING_STEPS;
    for (let t = 0; t < length; t += 1) path[t] = alpha * scores[t];
    attentionOf(path, softcap, attention);
    const share = (step === 0 || step === FIRING_STEPS ? 0.5 : 1) / FIRING_STEPS;
    const factor = share * attention[source];
    for (let t = 0; t < length; t += 1) {
      const gradient = factor * ((t === source ? 1 : 0) - attention[t]);
      weights[t] += softcap === null ? gradient : gradient * (1 - Math.tanh(path[t] / softcap) ** 2);
    }
  }
  return weights;
}
