import { importPeer } from '../importPeer.ts';
import type { RegisteredBackend } from './registeredBackend.ts';

export async function registerWasm(): Promise<RegisteredBackend> {
  await importPeer('wasm', '@tensorflow/tfjs-backend-wasm');
  return { name: 'wasm', device: 'WebAssembly' };
}
