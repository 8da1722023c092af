import { cosine, exponential, logarithm, sine } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';

/** cos and sin of θ_b·(j − i) for key positions j = 0 … m − 1 and the query at i = m − 1; both [m × H/2]. */
export interface RotaryTable {
  readonly bands: number;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

/**
 * The rotations of Appendix D: band b holds the head's coordinates 2b and 2b + 1 and turns by
 * θ_b = base^(−b/(H/2)) per position. Null where the model has no rotary positions.
 */
export function rotaryTable(config: ToyConfig): RotaryTable | null {
  if (config.rotary === null) return null;
  const bands = config.headDimension / 2;
  const { keys } = config;
  const cosines = new Float64Array(keys * bands);
  const sines = new Float64Array(keys * bands);
  for (let band = 0; band < bands; band += 1) {
    const theta = exponential((-band / bands) * logarithm(config.rotary.base));
    for (let position = 0; position < keys; position += 1) {
      const angle = theta * (position - (keys - 1));
      cosines[position * bands + band] = cosine(angle);
      sines[position * bands + band] = sine(angle);
    }
  }
  return { bands, cosines, sines };
}
