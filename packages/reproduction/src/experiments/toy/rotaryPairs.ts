import { assignByMaximum, featureAlignment } from '@svf-alignment/core';
import { headDecomposition, parameterMatrix, type ToyConfig, type ToyParameters } from '@svf-alignment/toy';
import { bandEnergies } from './bandEnergies.ts';

/** The band whose period, 39.6 tokens, is nearest to the context length of 40. */
const POSITIONAL_BAND = 1;

/** What is measured of one pair of interest in a model with rotary positions. */
export type RotaryPair = {
  readonly query: number;
  readonly key: number;
  readonly positional: boolean;
  /** |cos| of each feature with the closest singular vector of its side. */
  readonly cosines: readonly [query: number, key: number];
  /** Share of each feature's energy in the bands where it belongs: band 1 if positional, later ones otherwise. */
  readonly inBands: readonly [query: number, key: number];
};

/** Measures of the claims about a model with rotary positions, one for each pair of interest. */
export function rotaryPairs(config: ToyConfig, parameters: ToyParameters): RotaryPair[] {
  const features = parameterMatrix(config, parameters, 'W');
  const alignment = featureAlignment(features, headDecomposition(config, parameters));
  const closest = assignByMaximum(alignment, config.targets);
  const queryBands = bandEnergies(features, parameterMatrix(config, parameters, 'A'));
  const keyBands = bandEnergies(features, parameterMatrix(config, parameters, 'B'));
  return closest.map(({ query, key, queryCosine, keyCosine }, index) => {
    const positional = config.rotary?.positional.includes(index) ?? false;
    const share = (energies: readonly number[]) =>
      energies
        .filter((_, band) => (positional ? band === POSITIONAL_BAND : band > POSITIONAL_BAND))
        .reduce((sum, energy) => sum + energy, 0);
    return {
      query,
      key,
      positional,
      cosines: [queryCosine, keyCosine],
      inBands: [share(queryBands.getRow(query)), share(keyBands.getRow(key))],
    };
  });
}
