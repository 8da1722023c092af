/** One outcome of a random token: which features are in it, and how likely that is. */
export interface TokenOutcome {
  readonly probability: number;
  /** [D] sum of the features that are in. */
  readonly token: Float64Array;
}

export interface PresenceModel {
  /** Probability of each feature. */
  readonly probabilities: readonly number[];
  /** Share of tokens in which all features are in or out together, with the first feature's probability; 0 where they are independent. */
  readonly featureCoupling: number;
}

/** All 2ⁿ subsets of n features, as tokens with their probabilities. n ≤ 12 or so. */
export function allTokens(
  features: readonly (readonly number[])[],
  { probabilities, featureCoupling }: PresenceModel,
): TokenOutcome[] {
  const dimension = features[0].length;
  const count = 2 ** features.length;
  return Array.from({ length: count }, (_, subset) => {
    const token = new Float64Array(dimension);
    let probability = 1;
    for (const [i, feature] of features.entries()) {
      const isIn = ((subset >> i) & 1) === 1;
      probability *= isIn ? probabilities[i] : 1 - probabilities[i];
      if (isIn) for (let d = 0; d < dimension; d += 1) token[d] += feature[d];
    }
    let together = 0;
    if (subset === count - 1) together = probabilities[0];
    if (subset === 0) together = 1 - probabilities[0];
    return { token, probability: (1 - featureCoupling) * probability + featureCoupling * together };
  });
}
