import { SvfError } from '../error.ts';

/**
 * RA(d, s) = A'_ds − mean of A'_dj over the other tokens j of the context: how far the score of one source token
 * stands above the rest. If attention on s exceeds uniform, RA is positive.
 *
 * @param scores A'_d·, before softmax, of every token of the context, the source included; at least two.
 * @param source index of the source token in `scores`.
 * @throws SvfError `context-too-short`; `source-out-of-range`; `non-finite-entry` with path [index].
 */
export function relativeAttention(scores: ArrayLike<number>, source: number): number {
  demandSource(scores.length, source);
  let others = 0;
  for (let j = 0; j < scores.length; j += 1) {
    if (!Number.isFinite(scores[j])) throw nonFiniteAt('score', [j], scores[j]);
    if (j !== source) others += scores[j] / (scores.length - 1);
  }
  return scores[source] - others;
}

/** @throws SvfError `context-too-short`; `source-out-of-range`. */
export function demandSource(contextLength: number, source: number): void {
  if (contextLength < 2) {
    throw new SvfError('Relative attention compares a token with the others of its context.', {
      code: 'context-too-short',
      expected: 'at least 2 tokens',
      received: String(contextLength),
      remedy: 'Leave out the first token as a destination: it can attend to itself only.',
    });
  }
  if (!Number.isInteger(source) || source < 0 || source >= contextLength) {
    throw new SvfError('The source token is not in the context.', {
      code: 'source-out-of-range',
      expected: `an integer in [0, ${contextLength - 1}]`,
      received: String(source),
    });
  }
}

export function nonFiniteAt(what: string, path: readonly number[], value: number): SvfError {
  return new SvfError(`A ${what} is ${value}.`, {
    code: 'non-finite-entry',
    path,
    expected: 'a finite number',
    received: String(value),
    remedy: 'Pass the scores of the causal context only, without masked positions.',
  });
}
