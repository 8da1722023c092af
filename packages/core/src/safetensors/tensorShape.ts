import { DTYPE_BYTES, type Dtype } from './dtype.ts';
import { quoted, refusal } from './refusal.ts';

/** Most axes a tensor may have: the limit of NumPy and PyTorch, which keeps a hostile shape short. */
export const MAX_DIMENSIONS = 64;

/** Refuses a shape of more than {@link MAX_DIMENSIONS} axes. */
export function checkRank(rank: number, name: string): void {
  if (rank > MAX_DIMENSIONS)
    throw refusal('safetensors-too-many-dimensions', `The tensor ${quoted(name)} has too many axes.`, {
      path: [name, 'shape'],
      expected: `at most ${MAX_DIMENSIONS} dimensions`,
    });
}

/** The error for entry `axis` of a shape that is no integer in [0, 2⁵³). */
export function invalidDimension(name: string, axis: number, received: string): Error {
  return refusal(
    'safetensors-invalid-dimension',
    `Dimension ${axis} of the tensor ${quoted(name)} is not an integer from 0 to 2^53 - 1.`,
    { path: [name, 'shape', axis], expected: 'an integer from 0 to 2^53 - 1', received: quoted(received) },
  );
}

/**
 * Bytes of a tensor: product of `shape` times the size of an element. The product of the dimensions that are not
 * zero must stay below 2⁵³ even where one is zero, so that it does not depend on the order of the axes.
 */
export function tensorBytes(name: string, dtype: Dtype, shape: readonly number[]): number {
  let bytes: number = DTYPE_BYTES[dtype];
  let empty = false;
  for (const dimension of shape) {
    if (dimension === 0) empty = true;
    else bytes *= dimension;
    // A product of two integers below 2⁵³ is rounded, but never to below 2⁵³ when it is above.
    if (bytes > Number.MAX_SAFE_INTEGER)
      throw refusal('safetensors-tensor-too-large', `The tensor ${quoted(name)} has 2^53 bytes or more.`, {
        path: [name, 'shape'],
        expected: 'a product of dimensions and element size below 2^53',
        received: `[${shape.join(', ')}] of ${dtype}`,
      });
  }
  return empty ? 0 : bytes;
}
