import { backendUnavailable } from '../backendUnavailable.ts';
import { importPeer } from '../importPeer.ts';
import type { Tf } from '../tensorflow.ts';
import type { RegisteredBackend } from './registeredBackend.ts';

/** What is used of the `webgpu` package (Dawn for Node) and of the WebGPU standard. */
interface Dawn {
  readonly create: (options: readonly string[]) => Gpu;
  readonly globals: Readonly<Record<string, unknown>>;
}
interface Gpu {
  requestAdapter(options: object): Promise<Adapter | null>;
}
interface Adapter {
  readonly limits: Readonly<Record<string, number>>;
  readonly info: { readonly vendor: string; readonly description: string };
  requestDevice(descriptor: object): Promise<object>;
}
interface BackendPackage {
  readonly WebGPUBackend: new (device: object, info: object) => ReturnType<Tf['backend']>;
}

const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

const NO_ADAPTER_REMEDY =
  'Run `apt-get install libvulkan1` beside the driver of the GPU; docs/gpu.md tells how to use a software driver.';

/** Dawn crashes if this object is collected while its devices live. */
const held: Gpu[] = [];

/**
 * Registers the WebGPU backend, on Dawn unless the host has a `navigator.gpu` of its own.
 *
 * @throws SvfError `backend-unavailable` if a package or an adapter (a GPU with its driver) is missing.
 */
export async function registerWebgpu(tf: Tf): Promise<RegisteredBackend> {
  const { WebGPUBackend } = (await importPeer('webgpu', '@tensorflow/tfjs-backend-webgpu')) as BackendPackage;
  if (tf.findBackendFactory('webgpu') !== null) return { name: 'webgpu', device: 'the GPU of this host' };

  const dawn = (await importPeer('webgpu', 'webgpu')) as Dawn;
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) Reflect.set(globalThis, name, value);
  }
  const gpu = dawn.create([]);
  const adapter = await requestAdapter(gpu);
  const requiredLimits = Object.fromEntries(RAISED_LIMITS.map((name) => [name, adapter.limits[name]]));
  const device = await adapter.requestDevice({ requiredLimits });
  held.push(gpu);
  const backend = withNavigator(gpu, () => new WebGPUBackend(device, adapter.info));
  tf.registerBackend('webgpu', () => backend, 0);
  return { name: 'webgpu', device: adapter.info.description || adapter.info.vendor };
}

async function requestAdapter(gpu: Gpu): Promise<Adapter> {
  const reason = 'no WebGPU adapter was found';
  let adapter: Adapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    throw backendUnavailable('webgpu', reason, NO_ADAPTER_REMEDY, error);
  }
  if (adapter === null) throw backendUnavailable('webgpu', reason, NO_ADAPTER_REMEDY);
  return adapter;
}

/** The backend's constructor insists on `navigator.gpu`; leaving it there would keep Node from exiting. */
function withNavigator<Result>(gpu: Gpu, build: () => Result): Result {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return build();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', before);
  }
}
