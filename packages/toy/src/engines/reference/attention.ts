import type { ToyConfig } from '../../config/toyConfig.ts';
import type { RotaryTable } from '../../model/rotaryTable.ts';
import type { ToyParameters } from '../../model/toyParameters.ts';
import { addOuter, addTo, apply, applyTransposed, dot } from './linear.ts';
import { rotate } from './rotate.ts';

/** A token: its strengths f [N], its vector h = W f [D], and ∂L/∂h [D], which grows as losses are added. */
export interface Token {
  readonly f: Float64Array;
  readonly h: Float64Array;
  readonly dh: Float64Array;
}

export interface AttentionLoss {
  /** Cross-entropy of the head's attention against the target's, in nats. */
  readonly crossEntropy: number;
  readonly targetEntropy: number;
}

/**
 * Adds one query's share of the attention loss. Logits ℓ_j = (Aᵀh_r)ᵀ R(j − i) Bᵀh_j, targets
 * t_j = Σ T_kl f_k f_l; the loss is the cross-entropy of softmax ℓ against softmax t.
 *
 * @param share λ over the number of queries
 */
export function addAttention(
  config: ToyConfig,
  { A, B }: ToyParameters,
  query: Token,
  keys: readonly Token[],
  table: RotaryTable | null,
  factors: Float64Array,
  share: number,
  gradients: ToyParameters,
): AttentionLoss {
  const { dimension: D, headDimension: H, targets } = config;
  const scale = config.scaledLogits ? 1 / Math.sqrt(H) : 1;

  const q = applyTransposed(A, query.h, D, H);
  const ks = keys.map((key, position) => rotate(applyTransposed(B, key.h, D, H), table, position));
  const attention = softmax(ks.map((k) => scale * dot(q, k)));
  const wanted = softmax(
    keys.map((key, position) =>
      targets.reduce(
        (sum, pair, t) =>
          sum + factors[position * targets.length + t] * query.f[pair.query] * key.f[pair.key],
        0,
      ),
    ),
  );

  const dq = new Float64Array(H);
  keys.forEach((key, position) => {
    const dLogit = share * scale * (attention.probabilities[position] - wanted.probabilities[position]);
    const dk = rotate(
      q.map((value) => dLogit * value),
      table,
      position,
      true,
    );
    addTo(
      dq,
      ks[position].map((value) => dLogit * value),
    );
    addOuter(gradients.B, key.h, dk);
    addTo(key.dh, apply(B, dk, D, H));
  });
  addOuter(gradients.A, query.h, dq);
  addTo(query.dh, apply(A, dq, D, H));

  const expectation = (logs: readonly number[]) =>
    wanted.probabilities.reduce((sum, p, j) => sum + (p > 0 ? p * logs[j] : 0), 0);
  return { crossEntropy: -expectation(attention.logs), targetEntropy: -expectation(wanted.logs) };
}

function softmax(logits: readonly number[]): { probabilities: number[]; logs: number[] } {
  const largest = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
  const logs = logits.map((logit) => logit - largest - Math.log(total));
  return { probabilities: logs.map(Math.exp), logs };
}
