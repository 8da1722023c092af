/** The matrix type of this package's functions, so that a caller needs no second copy of it. */
export { type AbstractMatrix, Matrix } from 'ml-matrix';
export {
  assignByMaximum,
  assignByOrder,
  assignOneToOne,
  type FeaturePair,
  meanCosine,
  type PairAssignment,
} from './alignment/assignment.ts';
export { cosineMatrix } from './alignment/cosineMatrix.ts';
export { type FeatureAlignment, featureAlignment } from './alignment/featureAlignment.ts';
export { maximumAssignment } from './alignment/maximumAssignment.ts';
export { cosine, sine } from './elementary/cosine.ts';
export { exponential } from './elementary/exponential.ts';
export { logarithm } from './elementary/logarithm.ts';
export { SvfError, type SvfErrorDetails } from './error.ts';
export { RandomStream, randomStream } from './random/randomStream.ts';
export { type QkFactors, qkFactors } from './svd/qkFactors.ts';
export { qkSvd } from './svd/qkSvd.ts';
export { type SingularValueDecomposition, type SvdOptions, svd } from './svd/svd.ts';
