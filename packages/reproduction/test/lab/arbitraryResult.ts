import fc from 'fast-check';
import type { JsonObject, Result, Tensor } from '../../src/lab/result.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

const tensor: fc.Arbitrary<Tensor> = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
  .chain((shape) => {
    const size = shape.reduce((product, dimension) => product * dimension, 1);
    return fc
      .array(finite, { minLength: size, maxLength: size })
      .map((data) => ({ shape, data: Float64Array.from(data) }));
  });

const name = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/\p{Cs}/u.test(text) && !text.startsWith('__'));

/** Results with scalars, empty and odd tensors, −0 and subnormal numbers, any text. */
export const arbitraryResult: fc.Arbitrary<Result> = fc.record({
  values: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })) as fc.Arbitrary<JsonObject>,
  tensors: fc.dictionary(name, tensor, { maxKeys: 4 }),
});
