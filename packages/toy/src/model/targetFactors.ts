import type { ToyConfig } from '../config/toyConfig.ts';
import { rotaryTable } from './rotaryTable.ts';

/**
 * T_kl of every target at every key position, [m × targets]: constant in the position, but times cos(θ₁(i − j)) for
 * the positional ones (Appendix D, equation 19).
 */
export function targetFactors(config: ToyConfig): Float64Array {
  const { keys, targets } = config;
  const table = rotaryTable(config);
  const positional = new Set(config.rotary?.positional);
  const factors = new Float64Array(keys * targets.length);
  for (let position = 0; position < keys; position += 1) {
    targets.forEach((pair, index) => {
      const turn = table !== null && positional.has(index) ? table.cosines[position * table.bands + 1] : 1;
      factors[position * targets.length + index] = pair.target * turn;
    });
  }
  return factors;
}
