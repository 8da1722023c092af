import fc from 'fast-check';
import { logSumExp, softmax } from '../linear/softmax.ts';
import { defineStatement } from '../statement/defineStatement.ts';
import type { Statement } from '../statement/statement.ts';
import { logitList } from './logits.ts';

/** A target over the keys, and the logits of the model's distribution q = softmax(logits). */
export interface Lemma2Case {
  readonly target: readonly number[];
  readonly logits: readonly number[];
}

/** Weights over `keys` keys, not all zero; some are zero often. */
function weights(keys: number, smallest: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.integer({ min: smallest, max: 64 }), { minLength: keys, maxLength: keys })
    .map((list) => (list.every((weight) => weight === 0) ? [1, ...list.slice(1)] : list));
}

function share(list: readonly number[]): number[] {
  const total = list.reduce((sum, weight) => sum + weight, 0);
  return list.map((weight) => weight / total);
}

const keyCount = fc.integer({ min: 2, max: 8 });

/** A target unrelated to the logits, or within 1e-9 of the model's distribution, or the same. */
const arbitrary: fc.Arbitrary<Lemma2Case> = keyCount.chain((keys) =>
  fc.oneof(
    fc.record({ target: weights(keys, 0).map(share), logits: logitList(keys) }),
    fc
      .tuple(logitList(keys), fc.constantFrom(0, 1e-9, 1e-6, 1e-3), logitList(keys))
      .map(([logits, distance, other]) => ({
        target: softmax(logits.map((logit, i) => logit + (distance * other[i]) / 300)),
        logits,
      })),
  ),
);

/** −Σ p log q, from the logits of q. */
function crossEntropy({ target, logits }: Lemma2Case): number {
  const normalizer = logSumExp(logits);
  return target.reduce((sum, p, i) => sum + (p === 0 ? 0 : p * (normalizer - logits[i])), 0);
}

/** −Σ p log p with 0 log 0 = 0. */
function entropy(target: readonly number[]): number {
  return target.reduce((sum, p) => sum - (p === 0 ? 0 : p * Math.log(p)), 0);
}

/** Σ p log(p/q) from the probabilities themselves. */
function divergence({ target, logits }: Lemma2Case): number {
  const q = softmax(logits);
  return target.reduce((sum, p, i) => sum + (p === 0 ? 0 : p * Math.log(p / q[i])), 0);
}

function rounding({ target, logits }: Lemma2Case): number {
  const size = 1 + Math.max(...logits.map(Math.abs));
  return 16 * Number.EPSILON * size * target.reduce((sum, p) => sum + Math.abs(p), 1);
}

export const lemma2: Statement<Lemma2Case> = defineStatement<Lemma2Case>({
  id: 'lemma2',
  title: 'Cross-entropy has its one minimum at the target',
  statement: {
    text: 'For a fixed distribution p, CE(p, q) = H(p) + KL(p‖q), so q = p is the only minimiser.',
    latex:
      '\\mathrm{CE}(p,q)=H(p)+\\mathrm{KL}(p\\,\\|\\,q),\\qquad\\operatorname*{arg\\,min}_q\\;\\mathrm{CE}(p,q)=\\{p\\}',
  },
  source: 'Appendix B.2.2, Lemma 2',
  defaultRuns: 2000,
  arbitrary,
  hypotheses: [
    {
      name: 'target-nonnegative',
      text: 'p ≥ 0 in every entry',
      holds: ({ target }) => target.every((p) => p >= 0),
      breaking: keyCount.chain((keys) =>
        fc.record({
          // Sums to one all the same.
          target: weights(keys - 1, 1).map((list) => [...share(list).map((p) => 1.5 * p), -0.5]),
          logits: logitList(keys),
        }),
      ),
    },
    {
      name: 'target-sums-to-one',
      text: 'Σ p = 1 (to 1e-12)',
      holds: ({ target }) => Math.abs(target.reduce((sum, p) => sum + p, 0) - 1) <= 1e-12,
      breaking: keyCount.chain((keys) =>
        fc.record({
          target: weights(keys, 1).map((list) => share(list).map((p) => p / 2)),
          logits: logitList(keys),
        }),
      ),
    },
  ],
  conclusions: [
    {
      name: 'decomposition',
      text: 'CE(p, q) = H(p) + KL(p‖q)',
      measure: (instance) => ({
        measured: Math.abs(crossEntropy(instance) - entropy(instance.target) - divergence(instance)),
        bound: rounding(instance),
      }),
    },
    {
      name: 'unique-minimum',
      text: 'CE(p, q) − CE(p, p) ≥ ½‖p − q‖₁² (Pinsker), which is positive unless q = p',
      measure: (instance) => {
        const q = softmax(instance.logits);
        const distance = instance.target.reduce((sum, p, i) => sum + Math.abs(p - q[i]), 0);
        return {
          measured: distance ** 2 / 2,
          bound: crossEntropy(instance) - entropy(instance.target),
          tolerance: rounding(instance),
        };
      },
    },
  ],
});
