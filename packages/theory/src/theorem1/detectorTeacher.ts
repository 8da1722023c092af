import { Matrix, pseudoinverse } from '@svf-alignment/core';
import { type FeatureList, featureMatrix } from '../linear/features.ts';
import { dot } from '../linear/vectors.ts';
import type { TeacherGaps } from '../population/objective.ts';

/**
 * The linear detector of the first feature: the least-squares solution a of Wᵀa = e_1. Found from W and not from Σ,
 * so that the teacher and the minimiser that is claimed for it have no formula in common.
 */
function detector(features: FeatureList): number[] {
  const selector = Matrix.zeros(features.length, 1);
  selector.set(0, 0, 1);
  return pseudoinverse(featureMatrix(features).transpose()).mmul(selector).to1DArray();
}

/** Teacher logits τ·(a_Q·q)(a_K·k) of Appendix B.2.1. */
export function detectorTeacher(
  queryFeatures: FeatureList,
  keyFeatures: FeatureList,
  scale: number,
): TeacherGaps {
  const query = detector(queryFeatures);
  const key = detector(keyFeatures);
  const dimension = key.length;
  return ({ token }, { differences, presence }) => {
    const strength = scale * dot(query, token);
    return presence.map(
      (_, s) => strength * dot(key, differences.subarray(s * dimension, (s + 1) * dimension)),
    );
  };
}
