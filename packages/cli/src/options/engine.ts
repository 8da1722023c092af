import { SvfError } from '@svf-alignment/core';
import type { TrainingEngine } from '@svf-alignment/toy';
import type { TfjsBackend } from '@svf-alignment/toy/engines/tfjs';

export const engines = ['wasm', 'reference', 'tfjs'] as const;
export type EngineName = (typeof engines)[number];

/** As `tfjsBackends` of the toy package; the type keeps them the same. */
export const backends = [
  'node-gpu',
  'node',
  'webgpu',
  'wasm',
  'cpu',
] as const satisfies readonly TfjsBackend[];

/**
 * The engine that the options name, imported only now.
 *
 * @throws SvfError `bad-option` for a backend with an engine that has none
 */
export async function selectEngine(name: EngineName, backend?: TfjsBackend): Promise<TrainingEngine> {
  if (backend !== undefined && name !== 'tfjs') {
    throw new SvfError(`--backend goes with --engine tfjs, not with --engine ${name}.`, {
      code: 'bad-option',
      path: ['backend'],
      received: backend,
      remedy: `Add --engine tfjs, or leave out --backend ${backend}.`,
    });
  }
  switch (name) {
    case 'wasm':
      return (await import('@svf-alignment/toy/engines/wasm')).wasmEngine;
    case 'reference':
      return (await import('@svf-alignment/toy/engines/reference')).referenceEngine;
    case 'tfjs':
      return (await import('@svf-alignment/toy/engines/tfjs')).tfjsEngine(backend ?? 'cpu');
  }
}
