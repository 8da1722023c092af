import { Matrix } from '@svf-alignment/core';
import type { Population } from '../population/population.ts';

/** Least product of the attentions on two keys of one context, over all queries and contexts; 0 with one key. */
export function smallestAttentionProduct(population: Population, omega: Matrix): number {
  const { dimension, others, queries, contexts } = population;
  if (others === 0) return 0;
  let least = 1;
  for (const { token } of queries) {
    const row = omega
      .transpose()
      .mmul(Matrix.columnVector(Array.from(token)))
      .to1DArray();
    for (const { differences } of contexts) {
      // Products of two attentions are e^(x_a + x_b) / (Σ e^x)²: the least one is that of the two lowest logits.
      let [lowest, second] = [0, Number.POSITIVE_INFINITY];
      let sum = 1;
      for (let s = 0; s < others; s += 1) {
        let logit = 0;
        for (let i = 0; i < dimension; i += 1) logit += row[i] * differences[s * dimension + i];
        sum += Math.exp(logit);
        if (logit < lowest) [lowest, second] = [logit, lowest];
        else second = Math.min(second, logit);
      }
      least = Math.min(least, Math.exp(lowest + second) / sum ** 2);
    }
  }
  return least;
}
