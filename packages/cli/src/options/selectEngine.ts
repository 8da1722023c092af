import { SvfError } from '@svf-alignment/core';
import type { TrainingEngine } from '@svf-alignment/toy';
import type { TfjsBackend } from '@svf-alignment/toy/engines/tfjs';
import type { EngineName } from './engine.ts';

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
