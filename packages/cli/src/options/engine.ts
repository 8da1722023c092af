import type { TfjsBackend } from '@svf-alignment/toy/engines/tfjs';

export const engines = ['wasm', 'reference', 'tfjs'] as const;
export type EngineName = (typeof engines)[number];

/** The `tfjsBackends` of the toy package, named here so that help need not load it. */
export const backends = [
  'node-gpu',
  'node',
  'webgpu',
  'wasm',
  'cpu',
] as const satisfies readonly TfjsBackend[];
