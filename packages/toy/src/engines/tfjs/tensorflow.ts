import type * as Tensorflow from '@tensorflow/tfjs-core';
import { importPeer } from './importPeer.ts';
import type { TfjsBackend } from './tfjsBackends.ts';

/** The namespace of `@tensorflow/tfjs`: operations, gradients and the registry of backends. */
export type Tf = typeof Tensorflow;
export type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';

/**
 * Imports `@tensorflow/tfjs`. Not `tfjs-core` alone: its Node entry comes without the gradients of its operations.
 *
 * @throws SvfError `backend-unavailable` if it is not installed.
 */
export async function importTensorflow(backend: TfjsBackend): Promise<Tf> {
  return (await importPeer(backend, '@tensorflow/tfjs')) as Tf;
}
