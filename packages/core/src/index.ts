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
export { reconstructionCount } from './attention/reconstructionCount.ts';
export { relativeAttention } from './attention/relativeAttention.ts';
export { relativeAttentionTerms } from './attention/relativeAttentionTerms.ts';
export { sparsity } from './attention/sparsity.ts';
export { cosine, sine } from './elementary/cosine.ts';
export { exponential } from './elementary/exponential.ts';
export { logarithm } from './elementary/logarithm.ts';
export { SvfError, type SvfErrorDetails } from './error.ts';
export { dot } from './matrix/dot.ts';
export { packedColumns, packedRows } from './matrix/packed.ts';
export { rowProducts } from './matrix/rowProducts.ts';
export { RandomStream, randomStream } from './random/randomStream.ts';
export { frameOperator, gramMatrix } from './spectral/gramMatrix.ts';
export { haarOrthogonal } from './spectral/haarOrthogonal.ts';
export { isotropyDeviation } from './spectral/isotropyDeviation.ts';
export { type PseudoinverseOptions, pseudoinverse } from './spectral/pseudoinverse.ts';
export {
  type SymmetricEigendecomposition,
  type SymmetricEigenOptions,
  symmetricEigen,
} from './spectral/symmetricEigen.ts';
export { type SymmetricExponent, symmetricPower } from './spectral/symmetricPower.ts';
export { type QkFactors, qkFactors } from './svd/qkFactors.ts';
export { qkSvd } from './svd/qkSvd.ts';
export { type SingularValueDecomposition, type SvdOptions, svd } from './svd/svd.ts';
