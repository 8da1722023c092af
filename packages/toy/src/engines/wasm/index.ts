export { wasmEngine } from './wasmEngine.ts';
