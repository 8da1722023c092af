import type { RotaryTable } from '../../model/rotaryTable.ts';

/**
 * R(j − i) k, or its transpose, for the key at `position`; the vector itself where there are no rotary positions.
 *
 * @param k [H]
 * @returns [H], a new vector if there is a table
 */
export function rotate(
  k: Float64Array,
  table: RotaryTable | null,
  position: number,
  transposed = false,
): Float64Array {
  if (table === null) return k;
  const rotated = new Float64Array(k.length);
  for (let band = 0; band < table.bands; band += 1) {
    const c = table.cosines[position * table.bands + band];
    const s = table.sines[position * table.bands + band] * (transposed ? -1 : 1);
    rotated[2 * band] = c * k[2 * band] - s * k[2 * band + 1];
    rotated[2 * band + 1] = s * k[2 * band] + c * k[2 * band + 1];
  }
  return rotated;
}
