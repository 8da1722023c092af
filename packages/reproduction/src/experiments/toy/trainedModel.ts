import {
  cosineMatrix,
  featureAlignment,
  frameOperator,
  isotropyDeviation,
  type Matrix,
} from '@svf-alignment/core';
import {
  alignmentSummary,
  headDecomposition,
  parameterMatrix,
  parameterTensors,
  type TrainingResult,
} from '@svf-alignment/toy';
import type { Result, Tensor } from '../../lab/result.ts';

/** A matrix as a tensor of a result. */
export function matrixTensor(matrix: Matrix): Tensor {
  return { shape: [matrix.rows, matrix.columns], data: Float64Array.from(matrix.to1DArray()) };
}

/** A tensor of a result as rows, as figures take it. */
export function tensorRows({ shape: [rows, columns], data }: Tensor): Float64Array[] {
  return Array.from({ length: rows }, (_, row) => data.subarray(row * columns, (row + 1) * columns));
}

/**
 * What every toy experiment keeps of a trained model: losses, spectrum and alignment; the parameters, the cosines of
 * the features among themselves [N, N] and with the singular vectors [N, H], and W Wᵀ [D, D].
 */
export function trainedModel({ config, state, losses }: TrainingResult): Result {
  const { parameters } = state;
  const features = parameterMatrix(config, parameters, 'W');
  const decomposition = headDecomposition(config, parameters);
  const frame = frameOperator(features);
  const tensors: Record<string, Tensor> = {
    ...parameterTensors(config, parameters),
    featureCosines: matrixTensor(cosineMatrix(features, features)),
    frame: matrixTensor(frame),
  };
  if (config.headDimension > 0) {
    const alignment = featureAlignment(features, decomposition);
    tensors.leftAlignment = matrixTensor(alignment.left);
    tensors.rightAlignment = matrixTensor(alignment.right);
  }
  return {
    values: {
      losses: { ...losses },
      singularValues: [...decomposition.singularValues],
      alignment: alignmentSummary(config, parameters),
      isotropyDeviation: isotropyDeviation(frame),
    },
    tensors,
  };
}
