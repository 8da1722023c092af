import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import process from 'node:process';
import { backendUnavailable } from '../backendUnavailable.ts';
import { importPeer } from '../importPeer.ts';
import type { Tf } from '../tensorflow.ts';
import type { RegisteredBackend } from './registeredBackend.ts';
import { restoreNullCheck } from './restoreNullCheck.ts';

type Native = 'node' | 'node-gpu';

/** Both packages register under this name, so that one process can use only one of them. */
const REGISTERED = 'tensorflow';
let loaded: Native | undefined;

/**
 * Registers the native backend of `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`.
 *
 * @throws SvfError `backend-unavailable` if the package or its native part is missing, if the other one of the two
 * is in use already, or if `node-gpu` finds no CUDA device.
 */
export async function registerNative(tf: Tf, backend: Native): Promise<RegisteredBackend> {
  if (loaded !== undefined && loaded !== backend) {
    const reason = `this process already uses \`${loaded}\`, and can load only one of the two`;
    throw backendUnavailable(backend, reason, 'Use the two backends in separate processes.');
  }
  restoreNullCheck();
  const name = `@tensorflow/tfjs-${backend}`;
  try {
    await importPeer(backend, name);
  } catch (error) {
    // The package has registered its kernels before it looked for its native part.
    for (const { kernelName } of tf.getKernelsForBackend(REGISTERED)) {
      tf.unregisterKernel(kernelName, REGISTERED);
    }
    const folder = packageFolder(name);
    if (folder === undefined) throw error;
    const reason = `${name} is installed, but its native part does not load`;
    throw backendUnavailable(backend, reason, `Run \`npm --prefix ${folder} run install\`.`, error);
  }
  loaded = backend;
  await tf.setBackend(REGISTERED);
  if (backend === 'node-gpu' && Reflect.get(tf.backend(), 'isUsingGpuDevice') !== true) {
    const remedy = 'Install the NVIDIA driver, CUDA 11 and cuDNN 8 (docs/gpu.md), or choose another backend.';
    throw backendUnavailable(backend, 'TensorFlow found no CUDA device', remedy);
  }
  return { name: REGISTERED, device: backend === 'node-gpu' ? 'CUDA' : 'native code on the CPU' };
}

/** Where the package is linked, relative to the working directory; undefined if it is not installed. */
function packageFolder(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  const folders = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name));
  const folder = folders.find((candidate) => {
    try {
      require.resolve(join(candidate, 'package.json'));
      return true;
    } catch {
      return false;
    }
  });
  if (folder === undefined) return undefined;
  const path = relative(process.cwd(), folder);
  return /\s/.test(path) ? JSON.stringify(path) : path;
}
