export { cosine, sine } from './elementary/cosine.ts';
export { exponential } from './elementary/exponential.ts';
export { logarithm } from './elementary/logarithm.ts';
export { SvfError, type SvfErrorDetails } from './error.ts';
export { RandomStream, randomStream } from './random/randomStream.ts';
