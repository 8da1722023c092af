import { dot } from '@svf-alignment/core';
import { hookName, keyValueHead, type Shift } from '@svf-alignment/real-models';
import type { InterventionMode } from '../interventions/intervention.ts';
import { matrixVector } from '../kernels/matrixVector.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import type { SinkFiring } from './sinkFirings.ts';
import type { SignalSide } from './sinkSignals.ts';

/** A direction that is taken away, or another that stands in for it. */
export interface ControlShift {
  readonly side: SignalSide;
  readonly mode: InterventionMode;
  /** What is measured along: of length 1 [dModel]. */
  readonly direction: Float64Array;
  /** What is subtracted, as long as what was measured: `direction` itself to ablate it, another to compare [dModel]. */
  readonly along: Float64Array;
}

/**
 * Takes a control signal away from those who read it, in one run of the model. `local`: the normalized input of each of the heads
 * loses its part along the direction, in the query at the destinations or in the key of the first token; nothing else
 * changes. `global`: so does all that is written to the residual stream below them at those tokens: the embedding and each
 * layer's attention and MLP output, by what they are without an intervention.
 *
 * Query heads that share a key lose it together.
 *
 * @param firings of one prompt, whose heads and destinations are meant
 */
export function controlShifts(
  prompt: PromptContext,
  firings: readonly Pick<SinkFiring, 'layer' | 'head' | 'destination'>[],
  shift: ControlShift,
): Shift[] {
  return shift.mode === 'local' ? ofHeads(prompt, firings, shift) : ofResidual(prompt, firings, shift);
}

function ofHeads(
  prompt: PromptContext,
  firings: readonly Pick<SinkFiring, 'layer' | 'head' | 'destination'>[],
  { side, direction, along }: ControlShift,
): Shift[] {
  const { shape, layers } = prompt.model;
  const { dHead, dModel } = shape;
  const shifts = new Map<string, Shift>();
  for (const { layer, head: query, destination } of firings) {
    const head = side === 'd' ? query : keyValueHead(shape, query);
    const position = side === 'd' ? destination : 0;
    const key = [layer, head, position].join();
    if (shifts.has(key)) continue;
    const { residual, scale } = prompt.layers[layer];
    const size = dot(direction, 0, residual, position * dModel, dModel) / scale[position];
    const { weights } = layers[layer].heads[query][side === 'd' ? 'destination' : 'source'];
    const values = new Float64Array(dHead);
    matrixVector(weights, 0, dHead, dModel, scaled(along, -size), 0, values, 0);
    const hook = hookName(layer, side === 'd' ? 'attn.hook_q' : 'attn.hook_k');
    shifts.set(key, { hook, position, head, values });
  }
  return [...shifts.values()];
}

function ofResidual(
  prompt: PromptContext,
  firings: readonly Pick<SinkFiring, 'layer' | 'head' | 'destination'>[],
  { side, direction, along }: ControlShift,
): Shift[] {
  const { dModel } = prompt.model.shape;
  const positions = new Set(firings.map(({ destination }) => (side === 'd' ? destination : 0)));
  const last = firings.reduce((highest, { layer }) => Math.max(highest, layer), 0);
  return [...positions].flatMap((position) => {
    const part = (rows: Float64Array) => dot(direction, 0, rows, position * dModel, dModel);
    const shift = (hook: string, size: number): Shift => ({ hook, position, values: scaled(along, -size) });
    return [
      shift(hookName(0, 'hook_resid_pre'), part(prompt.embedding)),
      ...prompt.layers.slice(0, last).flatMap(({ residual, mlpOutput }, layer) => {
        const mlp = part(mlpOutput);
        const attention = part(prompt.layers[layer + 1].residual) - part(residual) - mlp;
        return [
          shift(hookName(layer, 'hook_attn_out'), attention),
          shift(hookName(layer, 'hook_mlp_out'), mlp),
        ];
      }),
    ];
  });
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map((value) => factor * value);
}
