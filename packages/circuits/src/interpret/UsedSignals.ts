import { dot, Matrix, symmetricEigen } from '@svf-alignment/core';
import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import { matrixVector } from '../kernels/matrixVector.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { carriesSignal } from '../signals/carriesSignal.ts';
import { edgeSignal } from '../signals/edgeSignal.ts';
import { indexedEdge } from '../signals/indexedEdge.ts';
import type { Signal, SignalKey } from './signal.ts';

/** A signal, and in how many edges it stands. */
export interface UsedSignal extends Signal {
  readonly uses: number;
}

interface Usage {
  readonly key: SignalKey;
  /** Σ c cᵀ over edges [K, K]. */
  readonly moments: Matrix;
  uses: number;
}

/**
 * The signals that circuits use. Edges of one head, side and set K are one signal; its direction is the first principal
 * direction of their signals, normalized and rotated: a signal and its negative are one, since no score tells them apart.
 */
export class UsedSignals {
  readonly #usages = new Map<string, Usage>();

  /**
   * Adds the edges of a circuit, those into roots left out.
   *
   * @param prompt that the circuit was traced on
   * @throws SvfError those of `indexedEdge`
   */
  add(prompt: PromptContext, document: Pick<CircuitDocument, 'edges'>): void {
    for (const [place, edge] of document.edges.entries()) {
      if (edge.singularVectors === null) continue;
      const indexed = indexedEdge(prompt, edge, ['edges', place]);
      const { layer, head } = indexed.firing;
      const own = prompt.model.layers[layer].heads[head];
      const singularVectors = indexed.singularVectors
        .filter((k) => carriesSignal(own, k))
        .sort((a, b) => a - b);
      if (singularVectors.length === 0) continue;
      const key = { layer, head, side: edge.type, singularVectors };
      const coefficients = coefficientsOf(prompt, key, edgeSignal(prompt, indexed, 'rotated'));
      const { moments } = this.#usage(key);
      for (const [i, a] of coefficients.entries()) {
        for (const [j, b] of coefficients.entries()) moments.set(i, j, moments.get(i, j) + a * b);
      }
    }
  }

  /** Those that stand in most edges, at most `count`; of equally many, in the order of layer, head, side and K. */
  mostUsed(count: number): UsedSignal[] {
    return [...this.#usages.values()]
      .sort((a, b) => b.uses - a.uses || inOrder(a.key, b.key))
      .slice(0, count)
      .map(({ key, moments, uses }) => ({ ...key, coefficients: principalDirection(moments), uses }));
  }

  #usage(key: SignalKey): Usage {
    const name = JSON.stringify([key.layer, key.head, key.side, key.singularVectors]);
    const size = key.singularVectors.length;
    const usage = this.#usages.get(name) ?? { key, moments: Matrix.zeros(size, size), uses: 0 };
    this.#usages.set(name, usage);
    usage.uses += 1;
    return usage;
  }
}

/** u_k · x or v_k · x of every k of K, where x needs no rotation any more: u_k = σ_k⁻¹ W_Q g_k, v_k = W_K g_k. */
function coefficientsOf(
  { model }: PromptContext,
  { layer, head, side, singularVectors }: SignalKey,
  x: Float64Array,
): number[] {
  const { dHead, dModel } = model.shape;
  const { destination, source, singularValues } = model.layers[layer].heads[head];
  const { weights, reading } = side === 'd' ? destination : source;
  const read = new Float64Array(dHead);
  matrixVector(weights, 0, dHead, dModel, x, 0, read, 0);
  return singularVectors.map(
    (k) => dot(reading, k * dHead, read, 0, dHead) / (side === 'd' ? singularValues[k] : 1),
  );
}

/** Eigenvector of the largest eigenvalue. */
function principalDirection(moments: Matrix): number[] {
  return symmetricEigen(moments).vectors.getColumn(0);
}

function inOrder(a: SignalKey, b: SignalKey): number {
  const [one, other] = [a, b].map(({ layer, head, side, singularVectors }) => [
    layer,
    head,
    side === 'd' ? 0 : 1,
    ...singularVectors,
  ]);
  const place = one.findIndex((value, i) => value !== other[i]);
  return place < 0 ? one.length - other.length : one[place] - (other[place] ?? -1);
}
