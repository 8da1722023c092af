import { SvfError } from '@svf-alignment/core';
import { webAssembly } from './webAssembly.ts';

const PAGE = 65_536;

/**
 * A zeroed WebAssembly memory of at least so many bytes.
 *
 * @throws SvfError `out-of-memory` above 4 GiB, the limit of WebAssembly, or if the machine has less to give
 */
export function allocateMemory(bytes: number): { readonly buffer: ArrayBuffer } {
  try {
    return new webAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  } catch (cause) {
    throw new SvfError('The model does not fit into memory.', {
      code: 'out-of-memory',
      path: ['batchKeys'],
      expected: 'a model and batch of at most 4 GiB, and as much free memory',
      received: `${(bytes / 2 ** 30).toFixed(2)} GiB`,
      remedy: 'Use fewer features, a smaller dimension or a smaller batchKeys.',
      cause,
    });
  }
}
