import { exponential, logarithm } from '@svf-alignment/core';

/**
 * Means over the queries, in float64.
 *
 * @param logits, targets [m × stride], of which the first `queries` columns count
 */
export function attentionLosses(
  logits: Float32Array,
  targets: Float32Array,
  queries: number,
  stride: number,
): { crossEntropy: number; targetEntropy: number } {
  let crossEntropy = 0;
  let targetEntropy = 0;
  const keys = logits.length / stride;
  for (let query = 0; query < queries; query += 1) {
    const column = (values: Float32Array) =>
      Array.from({ length: keys }, (_, position) => values[position * stride + query]);
    const logAttention = logSoftmax(column(logits));
    const logTarget = logSoftmax(column(targets));
    logTarget.forEach((log, position) => {
      const probability = exponential(log);
      crossEntropy -= (probability * logAttention[position]) / queries;
      targetEntropy -= (probability * log) / queries;
    });
  }
  return { crossEntropy, targetEntropy };
}

function logSoftmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + exponential(logit - largest), 0);
  const log = largest + logarithm(total);
  return logits.map((logit) => logit - log);
}
