import { SvfError } from '../error.ts';
import { scaleByPowerOfTwo } from '../matrix/powerOfTwo.ts';

/**
 * σ · 2^exponent.
 *
 * @throws SvfError `singular-value-overflow` when the largest is beyond the range of float64.
 */
export function unscaledSingularValues(singularValues: Float64Array, exponent: number): Float64Array {
  const result = singularValues.map((value) => scaleByPowerOfTwo(value, exponent));
  if (result.length > 0 && !Number.isFinite(result[0])) {
    throw new SvfError('The largest singular value is beyond the range of float64.', {
      code: 'singular-value-overflow',
      expected: `a norm of at most ${Number.MAX_VALUE}`,
      remedy:
        'Divide the matrix by its largest entry and multiply the singular values back where they are used.',
    });
  }
  return result;
}
