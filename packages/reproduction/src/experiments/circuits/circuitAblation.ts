import {
  type CircuitDocument,
  type IndexedEdge,
  indexedEdge,
  intervene,
  jointEffect,
  type LogitTarget,
  type PromptContext,
  randomControl,
} from '@svf-alignment/circuits';
import { randomStream } from '@svf-alignment/core';
import type { ForwardPass } from '@svf-alignment/real-models';
import { strongestEdges } from './strongestEdges.ts';

/** What it does to remove all signals of a circuit at once, locally. */
export type CircuitAblation = {
  /** Edges that were removed: those that have a random control. */
  readonly edges: number;
  readonly clean: AblatedRun;
  readonly signals: AblatedRun;
  /** Random singular vectors in their stead, as many for each edge. */
  readonly controls: AblatedRun;
};

export type AblatedRun = {
  readonly logitDifference: number;
  /** Mean over the firings of the edges, each once. */
  readonly attention: number;
};

/**
 * Removes what every edge of a circuit carries, in one run, and in another random singular vectors of the same edges.
 *
 * @returns null for a circuit without edges
 */
export async function circuitAblation(
  document: CircuitDocument,
  prompt: PromptContext,
  forward: ForwardPass,
  { target, seed, signal }: { target: LogitTarget; seed: number; signal: AbortSignal },
): Promise<CircuitAblation | null> {
  const random = randomStream(seed, `circuit-ablation ${prompt.tokens.map(({ id }) => id).join(' ')}`);
  const pairs = strongestEdges(document, document.edges.length, prompt.model.shape).flatMap((place) => {
    const own = indexedEdge(prompt, document.edges[place]);
    const control = randomControl(prompt, own, random);
    return control === null ? [] : [{ own, control }];
  });
  if (pairs.length === 0) return null;
  const ablated = (edges: readonly IndexedEdge[]) => ({ edges, mode: 'local' as const, boost: false });
  const interventions = [ablated(pairs.map(({ own }) => own)), ablated(pairs.map(({ control }) => control))];
  const runs: AblatedRun[] = [];
  let clean: AblatedRun = { logitDifference: 0, attention: 0 };
  for await (const effects of intervene(prompt, forward, interventions, target, { signal })) {
    const { edges } = interventions[runs.length];
    const { attentionClean, attention, logitDifferenceClean, logitDifference } = jointEffect(edges, effects);
    clean = { logitDifference: logitDifferenceClean, attention: attentionClean };
    runs.push({ logitDifference, attention });
  }
  const [signals, controls] = runs;
  return { edges: pairs.length, clean, signals, controls };
}
