import { frameOperator, symmetricEigen } from '@svf-alignment/core';
import { featureMatrix } from '../linear/features.ts';
import { addScaled, unitVector } from '../linear/unitVector.ts';

export interface NearTightFrame {
  readonly features: readonly (readonly number[])[];
  /** The α that makes ε smallest: the middle of the spectrum. */
  readonly alpha: number;
  /** ε = ‖Σ/α − I‖. */
  readonly epsilon: number;
}

/**
 * Unit vectors near a tight frame: those of the tight frame, moved by the given perturbations and made unit again, as
 * far as leaves ε at most at `limit`.
 *
 * @param tight a tight frame of unit vectors, such as a union of orthonormal bases.
 * @param perturbations one for each vector, of length up to about 1.
 */
export function nearTightFrame(
  tight: readonly (readonly number[])[],
  perturbations: readonly (readonly number[])[],
  limit: number,
): NearTightFrame {
  // ε grows at most about twice as fast as the perturbation; halving ends, since the frame at 0 is tight.
  for (let size = limit; size > 1e-15; size /= 2) {
    const frame = measured(
      tight.map((vector, i) => unitVector(addScaled(vector, size, perturbations[i])) ?? [...vector]),
    );
    if (frame.epsilon <= limit) return frame;
  }
  return measured(tight);
}

function measured(features: readonly (readonly number[])[]): NearTightFrame {
  const { values } = symmetricEigen(frameOperator(featureMatrix(features)));
  const largest = values[0];
  const smallest = values[values.length - 1];
  return {
    features,
    alpha: (largest + smallest) / 2,
    epsilon: (largest - smallest) / (largest + smallest),
  };
}
