/**
 * The TensorFlow.js backends that the engine runs on, fastest kind of hardware first: `node-gpu` (CUDA, Linux and
 * Windows), `webgpu` (any GPU with a Vulkan, Metal or Direct3D driver), `node` (native CPU), `wasm`, `cpu` (plain
 * JavaScript).
 */
export const tfjsBackends = ['node-gpu', 'webgpu', 'node', 'wasm', 'cpu'] as const;

export type TfjsBackend = (typeof tfjsBackends)[number];

/** The optional packages that a backend needs beside this one. */
export const backendPackages: Readonly<Record<TfjsBackend, readonly string[]>> = {
  'node-gpu': ['@tensorflow/tfjs', '@tensorflow/tfjs-node-gpu'],
  webgpu: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu', 'webgpu'],
  node: ['@tensorflow/tfjs', '@tensorflow/tfjs-node'],
  wasm: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'],
  cpu: ['@tensorflow/tfjs'],
};
