import type { Positions } from '@svf-alignment/real-models';

/** cos and sin of every angle by which rotary positions turn the vectors of one prompt; of other models empty. */
export interface Rotation {
  /** Pairs (i, i + half) turn; entries from 2 · half on stay. */
  readonly half: number;
  /** [token, half] */
  readonly cosines: Float64Array;
  /** [token, half] */
  readonly sines: Float64Array;
}

/** How many entries of a head's query and key vectors, the first ones, turn with the position. */
export function turningEntries(positions: Positions): number {
  return positions.kind === 'rotary' ? positions.dimension : 0;
}

export function rotationOf(positions: Positions, tokens: number): Rotation {
  const half = turningEntries(positions) / 2;
  const cosines = new Float64Array(tokens * half);
  const sines = new Float64Array(tokens * half);
  if (positions.kind === 'rotary') {
    for (let i = 0; i < half; i += 1) {
      const frequency = positions.base ** ((-2 * i) / positions.dimension);
      for (let token = 0; token < tokens; token += 1) {
        cosines[token * half + i] = Math.cos(token * frequency);
        sines[token * half + i] = Math.sin(token * frequency);
      }
    }
  }
  return { half, cosines, sines };
}

/** out += factor · R_t x, with R_t the rotation of token t: all `length` entries, or only those that turn. */
export function addRotated(
  rotation: Rotation,
  token: number,
  factor: number,
  x: Float64Array,
  xOffset: number,
  length: number,
  out: Float64Array,
  outOffset: number,
): void {
  const { half, cosines, sines } = rotation;
  for (let i = 0; i < half; i += 1) {
    const cosine = factor * cosines[token * half + i];
    const sine = factor * sines[token * half + i];
    const a = x[xOffset + i];
    const b = x[xOffset + i + half];
    out[outOffset + i] += cosine * a - sine * b;
    out[outOffset + i + half] += cosine * b + sine * a;
  }
  for (let i = 2 * half; i < length; i += 1) out[outOffset + i] += factor * x[xOffset + i];
}

/** The rows of `matrix` [rows, length], each turned back: R_tᵀ row, so that (R_tᵀ g) · x = g · (R_t x). */
export function turnedBack(
  rotation: Rotation,
  token: number,
  matrix: Float64Array,
  length: number,
): Float64Array {
  const { half, cosines, sines } = rotation;
  if (half === 0) return matrix;
  const turned = matrix.slice();
  for (let row = 0; row < matrix.length; row += length) {
    for (let i = 0; i < half; i += 1) {
      const cosine = cosines[token * half + i];
      const sine = sines[token * half + i];
      const a = matrix[row + i];
      const b = matrix[row + i + half];
      turned[row + i] = cosine * a + sine * b;
      turned[row + i + half] = cosine * b - sine * a;
    }
  }
  return turned;
}

/** g · (R_t x). */
export function rotatedDot(
  rotation: Rotation,
  token: number,
  g: Float64Array,
  gOffset: number,
  x: Float64Array,
  xOffset: number,
  length: number,
): number {
  const { half, cosines, sines } = rotation;
  let sum = 0;
  for (let i = 0; i < half; i += 1) {
    const a = x[xOffset + i];
    const b = x[xOffset + i + half];
    const c = g[gOffset + i];
    const d = g[gOffset + i + half];
    sum += cosines[token * half + i] * (c * a + d * b) + sines[token * half + i] * (d * a - c * b);
  }
  for (let i = 2 * half; i < length; i += 1) sum += g[gOffset + i] * x[xOffset + i];
  return sum;
}
