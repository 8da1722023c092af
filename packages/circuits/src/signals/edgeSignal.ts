import { dot } from '@svf-alignment/core';
import { componentName } from '../components/component.ts';
import { componentOutput } from '../components/componentOutput.ts';
import { addScaled, matrixVector, vectorMatrix } from '../kernels/matrixVector.ts';
import type { CircuitHead, HeadSide } from '../model/circuitModel.ts';
import type { Side } from '../model/ReadingSizes.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { rotatedDot } from '../prompt/rotation.ts';
import { carriesSignal } from './carriesSignal.ts';
import type { IndexedEdge } from './indexedEdge.ts';

/**
 * What is projected on the singular vectors: the component's output as it is written, divided by the scale of the norm
 * before the head, or divided and rotated to the token's position. The offset is never divided.
 */
export type SignalFlavour = 'raw' | 'normalized' | 'rotated';

/**
 * The signal of an edge (attention-circuits §6): the projection of the upstream component's output on the singular vectors K
 * that the edge uses, U_K U_Kᵀ x̃ on the destination side and V_K V_Kᵀ x̃ on the source side. For one firing, the signals of
 * all components and all K of one side, in the flavour `rotated`, add up to what the head reads.
 *
 * Computed in d_head space, U = W_Q G_d Σ⁻¹ and V = W_K G_sᵀ, from the factors by which the edge was found: U and V are
 * never formed.
 *
 * @returns [dModel]
 */
export function edgeSignal(prompt: PromptContext, edge: IndexedEdge, flavour: SignalFlavour): Float64Array {
  const { dHead, dModel } = prompt.model.shape;
  const head = prompt.model.layers[edge.firing.layer].heads[edge.firing.head];
  const side = head[sideOf(edge)];
  const own = readVector(prompt, edge, side, flavour);
  const mixed = new Float64Array(dHead);
  for (const k of edge.singularVectors) {
    if (!carriesSignal(head, k)) continue;
    const row = k * dHead;
    const projection =
      flavour === 'rotated'
        ? rotatedDot(prompt.rotation, edge.token, side.reading, row, own, 0, dHead)
        : dot(side.reading, row, own, 0, dHead);
    addScaled(mixed, 0, projection * inverseSquare(head, edge, k), side.reading, row, dHead);
  }
  const signal = new Float64Array(dModel);
  vectorMatrix(mixed, 0, dHead, side.weights, 0, dModel, signal, 0);
  return signal;
}

/** Which side of its head an edge is read by. */
export function sideOf({ type }: Pick<IndexedEdge, 'type'>): Side {
  return type === 'd' ? 'destination' : 'source';
}

/** Column k of W_Q G_d is σ_k u_k, column k of W_K G_sᵀ is v_k. */
function inverseSquare({ singularValues }: CircuitHead, { type }: IndexedEdge, k: number): number {
  return type === 'd' ? singularValues[k] ** -2 : 1;
}

/** W_Qᵀ x̃ or W_Kᵀ x̃ before rotation; of the offset, the bias that it stands for [dHead]. */
function readVector(
  prompt: PromptContext,
  { upstream, token, firing }: IndexedEdge,
  side: HeadSide,
  flavour: SignalFlavour,
): Float64Array {
  const { heads, dHead, dModel } = prompt.model.shape;
  if (componentName(upstream.component, heads) === 'AH offset') return side.bias;
  const read = new Float64Array(dHead);
  matrixVector(side.weights, 0, dHead, dModel, componentOutput(prompt, upstream, token), 0, read, 0);
  if (flavour === 'raw') return read;
  const scale = prompt.layers[firing.layer].scale[token];
  return read.map((value) => value / scale);
}
