import type { FeatureList } from '../linear/features.ts';
import { addToken, type Population, type WeightedContext, type WeightedQuery } from './population.ts';

export interface PopulationSettings {
  readonly queryFeatures: FeatureList;
  readonly keyFeatures: FeatureList;
  /** p, of each feature in each token. */
  readonly probability: number;
  /** m ≥ 1. */
  readonly keys: number;
}

/** The whole population: every query and every context that has a probability. Contexts that differ in what the loss does not see are one. */
export function exactPopulation(settings: PopulationSettings): Population {
  const { queryFeatures, keyFeatures, probability, keys } = settings;
  return {
    dimension: queryFeatures[0].length,
    others: keys - 1,
    queries: exactQueries(queryFeatures, probability),
    contexts: keys === 2 ? exactPairs(keyFeatures, probability) : exactContexts(settings),
  };
}

/** All words of the given length over the letters. */
function words(letters: readonly number[], length: number): number[][] {
  if (length === 0) return [[]];
  return words(letters, length - 1).flatMap((word) => letters.map((letter) => [...word, letter]));
}

function subsetWeight(presence: readonly number[], probability: number): number {
  return presence.reduce((product, isIn) => product * (isIn === 1 ? probability : 1 - probability), 1);
}

function exactQueries(features: FeatureList, probability: number): WeightedQuery[] {
  return words([0, 1], features.length).map((presence) => {
    const token = new Float64Array(features[0].length);
    addToken(presence, features, token);
    return { weight: subsetWeight(presence, probability), token, presence };
  });
}

/**
 * For two keys the loss sees a context only through k_2 − k_1, so the 4ⁿ pairs of subsets fall into 3ⁿ classes. It
 * does not change if the keys are exchanged, so one of each ± pair is kept, with twice the weight.
 */
function exactPairs(features: FeatureList, probability: number): WeightedContext[] {
  const differs = probability * (1 - probability);
  const agrees = 1 - 2 * differs;
  return words([0, 1, -1], features.length)
    .filter((presence) => presence.find((entry) => entry !== 0) !== -1)
    .map((presence) => {
      const differences = new Float64Array(features[0].length);
      addToken(presence, features, differences);
      const multiplicity = presence.some((entry) => entry !== 0) ? 2 : 1;
      const weight = presence.reduce((product, entry) => product * (entry === 0 ? agrees : differs), 1);
      return { weight: multiplicity * weight, differences, presence: [presence] };
    });
}

/**
 * The loss does not change if keys are exchanged, so of the 2ⁿᵐ contexts one of each ordering is kept, with the weight
 * of all of them.
 */
function exactContexts({ keyFeatures, probability, keys }: PopulationSettings): WeightedContext[] {
  const subsets = words([0, 1], keyFeatures.length);
  const contexts: WeightedContext[] = [];
  const chosen: number[] = [];
  const extend = (from: number, orderings: number, weight: number): void => {
    if (chosen.length === keys) {
      const presence = chosen.map((k) => subsets[k]);
      contexts.push(contextOf(presence, keyFeatures, orderings * weight));
      return;
    }
    for (let k = from; k < subsets.length; k += 1) {
      chosen.push(k);
      // m!/(multiplicities)!, one key at a time.
      const repeats = chosen.filter((other) => other === k).length;
      extend(k, (orderings * chosen.length) / repeats, weight * subsetWeight(subsets[k], probability));
      chosen.pop();
    }
  };
  extend(0, 1, 1);
  return contexts;
}

/** The context of keys given by the presence of their features. */
export function contextOf(
  subsets: readonly (readonly number[])[],
  features: FeatureList,
  weight: number,
): WeightedContext {
  const dimension = features[0].length;
  const [first, ...rest] = subsets;
  const presence = rest.map((subset) => subset.map((isIn, i) => isIn - first[i]));
  const differences = new Float64Array(rest.length * dimension);
  for (const [s, row] of presence.entries()) addToken(row, features, differences, s * dimension);
  return { weight, differences, presence };
}
