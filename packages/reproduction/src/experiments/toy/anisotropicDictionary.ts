import { type AbstractMatrix, Matrix, type RandomStream } from '@svf-alignment/core';

/** A direction drawn uniformly from the unit sphere, [dimension × 1]. */
export function randomDirection(dimension: number, random: RandomStream): Matrix {
  const drawn = Matrix.columnVector(Array.from({ length: dimension }, () => random.normal()));
  return drawn.div(drawn.norm());
}

/**
 * W′ = (I + (√(1+δ) − 1) v vᵀ) W of Appendix C.3: of an isotropic dictionary, W Wᵀ = I, it makes one of
 * W′ W′ᵀ = I + δ v vᵀ.
 *
 * @param dictionary W [D, N]
 * @param direction v [D, 1], of length 1
 * @param deviation δ ≥ 0, the spectral norm of the deviation from isotropy
 */
export function anisotropicDictionary(
  dictionary: AbstractMatrix,
  direction: Matrix,
  deviation: number,
): Matrix {
  const along = direction.transpose().mmul(dictionary);
  return Matrix.add(dictionary, direction.mmul(along).mul(Math.sqrt(1 + deviation) - 1));
}
