import { type RandomStream, randomStream } from '@svf-alignment/core';
import { contextOf, type PopulationSettings } from './exactPopulation.ts';
import { addToken, type Population } from './population.ts';

export interface SampledPopulationSettings extends PopulationSettings {
  readonly queryCount: number;
  readonly contextCount: number;
  readonly seed: number;
}

/** Queries and contexts drawn at random, all of the same weight; every query still meets every context. */
export function sampledPopulation(settings: SampledPopulationSettings): Population {
  const { queryFeatures, keyFeatures, probability, keys, queryCount, contextCount, seed } = settings;
  const random = randomStream(seed, 'population');
  const dimension = queryFeatures[0].length;
  return {
    dimension,
    others: keys - 1,
    queries: Array.from({ length: queryCount }, () => {
      const presence = subset(queryFeatures.length, probability, random);
      const token = new Float64Array(dimension);
      addToken(presence, queryFeatures, token);
      return { weight: 1 / queryCount, token, presence };
    }),
    contexts: Array.from({ length: contextCount }, () =>
      contextOf(
        Array.from({ length: keys }, () => subset(keyFeatures.length, probability, random)),
        keyFeatures,
        1 / contextCount,
      ),
    ),
  };
}

function subset(count: number, probability: number, random: RandomStream): number[] {
  return Array.from({ length: count }, () => (random.uniform() < probability ? 1 : 0));
}
