import { type AbstractMatrix, Matrix } from '@svf-alignment/core';

/**
 * How a head with rotary positions spreads features over its bands (Fig. 22 of the paper): ‖A_bᵀw‖² / ‖Aᵀw‖² with A_b
 * the two columns of band b. Rows sum to 1; a feature that the head does not see at all has zeros.
 *
 * @param features W [D, N]
 * @param weights A or B [D, H], H even
 * @returns [N, H/2]
 */
export function bandEnergies(features: AbstractMatrix, weights: AbstractMatrix): Matrix {
  const projections = features.transpose().mmul(weights);
  const squares = Matrix.mul(projections, projections);
  const energies = new Matrix(projections.rows, projections.columns / 2);
  for (let feature = 0; feature < energies.rows; feature += 1) {
    const total = squares.getRow(feature).reduce((sum, square) => sum + square, 0);
    if (total === 0) continue;
    for (let band = 0; band < energies.columns; band += 1) {
      const energy = squares.get(feature, 2 * band) + squares.get(feature, 2 * band + 1);
      energies.set(feature, band, energy / total);
    }
  }
  return energies;
}
