import { SvfError } from '@svf-alignment/core';
import { canonicalValue } from './canonicalJson.ts';
import type { Result, Tensor } from './result.ts';

/**
 * A copy of a result in the form in which a store gives it back: values as canonical JSON reads, tensors by name, each
 * with a buffer of its own. Every result goes through here once, so that it is the same whether it was computed just
 * now, came from a worker or was read from the disk.
 *
 * @throws SvfError `non-finite-number`, `not-json`, or `tensor-shape` (a dimension that is no count, or a product of
 *   dimensions other than the length of the data), with the path into the result
 */
export function canonicalResult(result: Result): Result {
  const names = Object.keys(result.tensors).sort();
  return {
    values: canonicalValue(result.values, ['values']),
    tensors: Object.fromEntries(names.map((name) => [name, canonicalTensor(name, result.tensors[name])])),
  };
}

function canonicalTensor(name: string, tensor: Tensor | undefined): Tensor {
  const shape = [...(tensor?.shape ?? [])];
  const data = tensor?.data;
  const size = shape.reduce((product, dimension) => product * dimension, 1);
  if (!(data instanceof Float64Array) || size !== data.length || !shape.every(isCount)) {
    throw new SvfError(`The shape of the tensor ${name} does not fit its data.`, {
      code: 'tensor-shape',
      path: ['tensors', name, 'shape'],
      expected: 'whole dimensions whose product is the length of a Float64Array',
      received: `[${shape.join(', ')}] for ${data instanceof Float64Array ? `${data.length} values` : typeof data}`,
    });
  }
  const wrong = data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new SvfError(`Entry ${wrong} of the tensor ${name} is ${data[wrong]}.`, {
      code: 'non-finite-number',
      path: ['tensors', name, wrong],
      expected: 'a finite number',
      received: String(data[wrong]),
      remedy: 'Look for a division by zero or a diverged training run before this tensor is written.',
    });
  }
  return { shape, data: Float64Array.from(data) };
}

function isCount(dimension: number): boolean {
  return Number.isSafeInteger(dimension) && dimension >= 0;
}
