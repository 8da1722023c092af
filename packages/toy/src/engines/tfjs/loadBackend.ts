import { registerCpu } from './backends/registerCpu.ts';
import type { RegisteredBackend } from './backends/registeredBackend.ts';
import { registerNative } from './backends/registerNative.ts';
import { registerWasm } from './backends/registerWasm.ts';
import { registerWebgpu } from './backends/registerWebgpu.ts';
import { backendUnavailable } from './backendUnavailable.ts';
import { importTensorflow, type Tf } from './tensorflow.ts';
import type { TfjsBackend } from './tfjsBackends.ts';

/** A backend that is ready to compute. */
export interface LoadedBackend {
  readonly tf: Tf;
  /** What computes, in words. */
  readonly device: string;
  /**
   * Makes this backend the current one of tfjs, which is one for the whole process. Takes effect at once, so that
   * no other session comes in between; to be called again after every `await`.
   */
  use(): void;
}

const loading = new Map<TfjsBackend, Promise<LoadedBackend>>();

/**
 * Imports tfjs and the packages of one backend and initialises it, once per process.
 *
 * @throws SvfError `backend-unavailable` with what is missing and how to mend it.
 */
export function loadBackend(backend: TfjsBackend): Promise<LoadedBackend> {
  const known = loading.get(backend);
  if (known !== undefined) return known;
  const promise = load(backend);
  loading.set(backend, promise);
  return promise;
}

async function load(backend: TfjsBackend): Promise<LoadedBackend> {
  const tf = await importTensorflow(backend);
  const { name, device } = await register(tf, backend);
  if (!(await tf.setBackend(name))) {
    throw backendUnavailable(backend, 'tfjs could not initialise it', 'Choose another backend.');
  }
  return { tf, device, use: () => void tf.setBackend(name) };
}

function register(tf: Tf, backend: TfjsBackend): Promise<RegisteredBackend> {
  switch (backend) {
    case 'node':
    case 'node-gpu':
      return registerNative(tf, backend);
    case 'webgpu':
      return registerWebgpu(tf);
    case 'wasm':
      return registerWasm();
    case 'cpu':
      return registerCpu(tf);
  }
}
