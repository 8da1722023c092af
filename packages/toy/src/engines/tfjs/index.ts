export { type BackendProbe, probeBackend } from './probeBackend.ts';
export { type TfjsBackend, tfjsBackends } from './tfjsBackends.ts';
export { tfjsEngine } from './tfjsEngine.ts';
