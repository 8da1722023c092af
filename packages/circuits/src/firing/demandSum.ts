import { SvfError } from '@svf-alignment/core';
import { capped } from './attentionOf.ts';
import type { HeadReader } from './HeadReader.ts';

/** Absolute tolerance of attention-circuits §4, which float32 activations keep to by a factor of 100. */
const SCORE_TOLERANCE = 1e-2;

/**
 * @param sum of all candidates of a firing, before a soft-cap [destination + 1]
 * @returns the largest difference from the model's scores
 * @throws SvfError `score-mismatch` with path [layer, head, destination, token]
 */
export function demandSum(reader: HeadReader, destination: number, sum: Float64Array): number {
  const { prompt, layer, head } = reader;
  const scores = reader.scores(destination);
  let largest = 0;
  for (let t = 0; t <= destination; t += 1) {
    const difference = Math.abs(capped(sum[t], prompt.model.shape.scoreSoftcap) - scores[t]);
    if (!(difference <= SCORE_TOLERANCE)) {
      throw new SvfError(`The candidates of head ${layer}.${head} do not add up to its score.`, {
        code: 'score-mismatch',
        path: [layer, head, destination, t],
        expected: `${scores[t]} ± ${SCORE_TOLERANCE}`,
        received: String(sum[t]),
        remedy:
          'Pass weights, factors and activations of the same processed model, with W_Q and W_K of full column rank.',
      });
    }
    largest = Math.max(largest, difference);
  }
  return largest;
}
