import { cosine, SvfError, sine } from '@svf-alignment/core';
import type { ToyConfig } from '../config/toyConfig.ts';

/**
 * The frozen dictionary of Appendix C.3, W Wᵀ = I exactly: the features of the target pairs are unit vectors along
 * the first axes, the others a harmonic tight frame in the remaining dimensions (for the paper's 12 features in
 * 2 dimensions: 6 antipodal pairs at angles kπ/6, of norm 1/√6).
 *
 * @returns W, row-major [D × N]
 * @throws SvfError `no-isotropic-dictionary` if the features of interest outnumber the dimensions, or the others
 * are too few to span what remains.
 */
export function isotropicDictionary(
  config: Pick<ToyConfig, 'features' | 'dimension' | 'targets'>,
): Float64Array {
  const { features, dimension, targets } = config;
  const ofInterest = [...new Set(targets.flatMap((pair) => [pair.query, pair.key]))].sort((a, b) => a - b);
  const rows = dimension - ofInterest.length;
  const others = features - ofInterest.length;
  if (rows < 0 || others < rows || (rows === 0 && others > 0)) {
    throw new SvfError('No isotropic dictionary keeps the features of interest orthonormal here.', {
      code: 'no-isotropic-dictionary',
      path: ['features'],
      expected: `at most ${dimension} features of interest, and enough others to span the rest`,
      received: `${ofInterest.length} of interest, ${others} others, dimension ${dimension}`,
      remedy: 'Use fewer target pairs or another dimension, or train with freezeFeatures=false.',
    });
  }
  const W = new Float64Array(dimension * features);
  ofInterest.forEach((feature, row) => {
    W[row * features + feature] = 1;
  });
  const columns = Array.from({ length: features }, (_, i) => i).filter((i) => !ofInterest.includes(i));
  columns.forEach((feature, k) => {
    for (let row = 0; row < rows; row += 1) {
      W[(ofInterest.length + row) * features + feature] = harmonic(row, k, rows, others);
    }
  });
  return W;
}

/** Entry (row, k) of the real harmonic frame of `others` vectors in `rows` dimensions; its rows are orthonormal. */
function harmonic(row: number, k: number, rows: number, others: number): number {
  const constant = Math.sqrt(1 / others);
  if (rows % 2 === 1 && row === rows - 1) return constant;
  const frequency = Math.floor(row / 2) + 1;
  const angle = (2 * Math.PI * frequency * k) / others;
  // A square frame of even size ends with the alternating row and the constant one: sin(πk) would vanish.
  if (2 * frequency === others) return row % 2 === 1 || k % 2 === 0 ? constant : -constant;
  return Math.sqrt(2 / others) * (row % 2 === 0 ? cosine(angle) : sine(angle));
}
