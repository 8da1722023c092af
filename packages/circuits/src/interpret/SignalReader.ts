import { dot, SvfError } from '@svf-alignment/core';
import { keyValueHead } from '@svf-alignment/real-models';
import { addScaled } from '../kernels/matrixVector.ts';
import type { CircuitModel, HeadSide } from '../model/circuitModel.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { rotatedDot } from '../prompt/rotation.ts';
import { carriesSignal } from '../signals/carriesSignal.ts';
import type { Signal } from './signal.ts';

/** What a signal reads at each token of a prompt; their product is the score of a pair. */
export interface SignalReads {
  /** x_d · ŝ_u by destination token [T]. */
  readonly destination: Float64Array;
  /** x_s · ŝ_v by source token [T]. */
  readonly source: Float64Array;
}

/**
 * Reads a signal and its image through Ω (attention-circuits §6): own side ŝ; the other side ŝ_v = Ωᵀŝ_u for type d,
 * ŝ_u = Ωŝ_v for type s. The tokens are x̂, normalized and rotated to their positions, without the biases' offset.
 *
 * Everything goes through d_head space, from the head's own queries and keys: x · u_k = p_k(x) / σ_k and x · v_k = q_k(x).
 */
export class SignalReader {
  readonly #layer: number;
  readonly #head: number;
  readonly #keyHead: number;
  readonly #destination: Float64Array;
  readonly #source: Float64Array;

  /** @throws SvfError `bad-signal` for a head or a singular vector that the model does not have */
  constructor(model: CircuitModel, signal: Signal) {
    demandSignal(model, signal);
    const { layer, head, side, singularVectors, coefficients } = signal;
    const { dHead } = model.shape;
    const own = model.layers[layer].heads[head];
    this.#layer = layer;
    this.#head = head;
    this.#keyHead = keyValueHead(model.shape, head);
    this.#destination = new Float64Array(dHead);
    this.#source = new Float64Array(dHead);
    for (const [i, k] of singularVectors.entries()) {
      if (!carriesSignal(own, k)) continue;
      const value = own.singularValues[k];
      // p_k is σ_k times the projection on u_k, q_k the projection on v_k.
      const onDestination = side === 'd' ? coefficients[i] / value : coefficients[i];
      const onSource = side === 'd' ? coefficients[i] * value : coefficients[i];
      addScaled(this.#destination, 0, onDestination, own.destination.reading, k * dHead, dHead);
      addScaled(this.#source, 0, onSource, own.source.reading, k * dHead, dHead);
    }
  }

  reads(prompt: PromptContext): SignalReads {
    const { queries, keys } = prompt.layers[this.#layer];
    const { heads, keyValueHeads } = prompt.model.shape;
    const { destination, source } = prompt.model.layers[this.#layer].heads[this.#head];
    return {
      destination: readsOf(prompt, this.#destination, queries, heads, this.#head, destination),
      source: readsOf(prompt, this.#source, keys, keyValueHeads, this.#keyHead, source),
    };
  }
}

/** g · R_t(Wᵀx̂) of each token: what the head has of it is R_t(Wᵀx̂ + b). */
function readsOf(
  { tokens, rotation }: PromptContext,
  g: Float64Array,
  vectors: Float64Array,
  heads: number,
  head: number,
  { bias }: HeadSide,
): Float64Array {
  const dHead = g.length;
  return Float64Array.from(tokens, (_, token) => {
    const whole = dot(g, 0, vectors, (token * heads + head) * dHead, dHead);
    return whole - rotatedDot(rotation, token, g, 0, bias, 0, dHead);
  });
}

function demandSignal(
  { shape, terms }: CircuitModel,
  { layer, head, singularVectors, coefficients }: Signal,
): void {
  const has = (value: number, count: number) => Number.isInteger(value) && value >= 0 && value < count;
  if (
    has(layer, shape.layers) &&
    has(head, shape.heads) &&
    singularVectors.length === coefficients.length &&
    singularVectors.every((k) => has(k, terms)) &&
    coefficients.every(Number.isFinite)
  ) {
    return;
  }
  throw new SvfError('The model has no such signal.', {
    code: 'bad-signal',
    path: [layer, head],
    expected: `a layer below ${shape.layers}, a head below ${shape.heads}, singular vectors below ${terms}, a coefficient for each`,
    received: `${layer}.${head}, singular vectors ${singularVectors.join(' ')}, coefficients ${coefficients.join(' ')}`,
    remedy: 'Take signals from circuits of the same model.',
  });
}
