import { Matrix } from '@svf-alignment/core';
import { spectrumEnds } from '../linear/features.ts';
import type { Population } from './population.ts';

/** λ_min/λ_max of E[qqᵀ] or of E[DDᵀ], the smaller of the two; 0 where the population does not span. */
export function sampleCondition({ dimension, others, queries, contexts }: Population): number {
  const tokens = queries.map(({ weight, token }) => ({ weight, vector: token }));
  const differences = contexts.flatMap(({ weight, differences }) =>
    Array.from({ length: others }, (_, s) => ({
      weight,
      vector: differences.subarray(s * dimension, (s + 1) * dimension),
    })),
  );
  return Math.min(condition(tokens, dimension), condition(differences, dimension));
}

function condition(
  vectors: readonly { readonly weight: number; readonly vector: Float64Array }[],
  dimension: number,
): number {
  const moment = Matrix.zeros(dimension, dimension);
  for (const { weight, vector } of vectors) {
    for (let i = 0; i < dimension; i += 1) {
      for (let j = 0; j < dimension; j += 1) {
        moment.set(i, j, moment.get(i, j) + weight * vector[i] * vector[j]);
      }
    }
  }
  const { smallest, largest } = spectrumEnds(moment);
  return largest > 0 ? Math.max(smallest, 0) / largest : 0;
}
