import { rowProducts } from '@svf-alignment/core';
import { componentOutput } from '../components/componentOutput.ts';
import type { UpstreamComponent } from '../firing/UpstreamGroups.ts';
import { addScaled, vectorMatrix } from '../kernels/matrixVector.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { exponentials, type Support, supportLogProbability } from './logProbability.ts';
import { residualShares } from './residualShares.ts';
import type { Seed, SeedSelection } from './seed.ts';

/**
 * Shares whose logits are computed at a time: the unembedding, by far the largest matrix, is read once for all of
 * them.
 */
const BATCH = 8;

export interface ProbabilitySeedOptions {
  /** Part of J(z + b_U) − J(b_U) that the removed shares have to account for. */
  readonly tau: number;
  /** Trapezoid steps of the path from b_U to z + b_U. */
  readonly steps: number;
}

/**
 * The probability-aware rule (attention-circuits §5): shares of the final normalized residual are removed in
 * descending order of the integrated gradients of J, recomputing J on the full vocabulary after each, until it has
 * dropped by `tau` of its rise over b_U alone. A seed's weight is its integrated gradient.
 *
 * @param logits z + b_U at the end token [vocabulary]
 */
export function probabilitySeeds(
  prompt: PromptContext,
  logits: Float64Array,
  support: Support,
  { tau, steps }: ProbabilitySeedOptions,
): SeedSelection {
  const { model, finalScale } = prompt;
  const { layers, vocabulary } = model.shape;
  const scale = finalScale[prompt.tokens.length - 1];
  const clean = supportLogProbability(logits, support);
  const rise = clean - supportLogProbability(model.unembeddingBias, support);
  if (!(rise > 0)) return { seeds: [], warnings: ['no-positive-total'] };
  const gradient = meanGradient(prompt, logits, support, steps);
  const { upstream, values } = residualShares(prompt, gradient, layers, scale);
  const positive = Array.from(values.keys())
    .filter((group) => values[group] > 0)
    .sort((a, b) => values[b] - values[a] || upstream.flatIndex(b, 0) - upstream.flatIndex(a, 0));
  const components = positive.map((group) => upstream.component(group));
  const left = logits.slice();
  let taken = 0;
  let drop = 0;
  for (const change of logitChanges(prompt, components)) {
    addScaled(left, 0, -1 / scale, change, 0, vocabulary);
    drop = clean - supportLogProbability(left, support);
    taken += 1;
    if (drop >= tau * rise) break;
  }
  const seeds = positive
    .slice(0, taken)
    .sort((a, b) => upstream.flatIndex(a, 0) - upstream.flatIndex(b, 0))
    .map((group): Seed => ({ ...upstream.component(group), weight: values[group] }));
  return { seeds, warnings: drop >= tau * rise ? [] : ['seeds-exhausted'] };
}

/**
 * What the outputs of components at the end token add to the logits, one after the other, before the final norm's
 * scale.
 */
function* logitChanges(
  prompt: PromptContext,
  components: readonly UpstreamComponent[],
): Generator<Float64Array, void, undefined> {
  const { model, tokens } = prompt;
  const { dModel, vocabulary } = model.shape;
  for (let from = 0; from < components.length; from += BATCH) {
    const batch = components.slice(from, from + BATCH);
    const outputs = new Float64Array(batch.length * dModel);
    for (const [i, component] of batch.entries()) {
      outputs.set(componentOutput(prompt, component, tokens.length - 1), i * dModel);
    }
    const products = rowProducts(model.unembedding, outputs, dModel);
    for (let i = 0; i < batch.length; i += 1) {
      const change = new Float64Array(vocabulary);
      for (let token = 0; token < vocabulary; token += 1) change[token] = products[token * batch.length + i];
      yield change;
    }
  }
}

/** ∫₀¹ W_U (q* − softmax(b_U + αz)) dα [dModel]: the mean of the probabilities first, then one product with W_U. */
function meanGradient(
  { model }: PromptContext,
  logits: Float64Array,
  { tokens, shares }: Support,
  steps: number,
): Float64Array {
  const { unembedding, unembeddingBias } = model;
  const { dModel, vocabulary } = model.shape;
  const rise = new Float64Array(vocabulary);
  const path = new Float64Array(vocabulary);
  for (const [i, token] of tokens.entries()) rise[token] += shares[i];
  for (let step = 0; step <= steps; step += 1) {
    const alpha = step / steps;
    for (let i = 0; i < vocabulary; i += 1) {
      path[i] = unembeddingBias[i] + alpha * (logits[i] - unembeddingBias[i]);
    }
    const total = exponentials(path);
    const share = (step === 0 || step === steps ? 0.5 : 1) / steps;
    addScaled(rise, 0, -share / total, path, 0, vocabulary);
  }
  const gradient = new Float64Array(dModel);
  vectorMatrix(rise, 0, vocabulary, unembedding, 0, dModel, gradient, 0);
  return gradient;
}
