import { importPeer } from '../importPeer.ts';

export async function registerWasm(): Promise<string> {
  await importPeer('wasm', '@tensorflow/tfjs-backend-wasm');
  return 'wasm';
}
