import type { ForwardPass } from '@svf-alignment/real-models';
import type { CircuitDocument, CircuitNode } from '../circuit/circuitDocument.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import type { CircuitInterventionOptions } from './circuitInterventionOptions.ts';
import { controlledEdges } from './controlledEdges.ts';
import { intervene } from './intervene.ts';
import type { InterventionEffect, InterventionMode } from './intervention.ts';
import { type JointEffect, jointEffect } from './jointEffect.ts';
import { logitTarget } from './logitTarget.ts';

/** The effect of the signals of several edges in one run, or of controls in their stead. */
export interface TogetherRow extends Omit<JointEffect, 'firings'> {
  readonly mode: InterventionMode;
  readonly boost: boolean;
  /** Which control, from 0; null for the edges' own signals. */
  readonly control: number | null;
  /** Edges in the run; fewer for controls where some edges have none. */
  readonly edges: number;
  /** Heads that read the edges, each attention weight once. */
  readonly heads: readonly HeadEffect[];
}

export interface HeadEffect extends Pick<InterventionEffect, 'attentionClean' | 'attention'> {
  readonly node: CircuitNode;
}

/**
 * Intervenes on edges of a circuit all at once: a row for their own signals, then one for each control, in which every edge
 * has as many random singular vectors instead. Edges that use more than half of their head's singular vectors have none
 * and stay as they are in controls. An edge that is named twice counts once.
 *
 * @param prompt the circuit's prompt, run through the circuit's model
 * @returns nothing for a circuit without edges
 * @throws SvfError those of `controlledEdges`, `logitTarget` and `intervene`
 */
export async function* interveneTogether(
  document: CircuitDocument,
  prompt: PromptContext,
  forward: ForwardPass,
  options: CircuitInterventionOptions = {},
): AsyncGenerator<TogetherRow> {
  const { edges, mode = 'local', boost = false, random = 0, seed = 0, target, ...runOptions } = options;
  const places = edges && [...new Set(edges)];
  const chosen = controlledEdges(document, prompt, { ...(places && { edges: places }), mode, random, seed });
  const nodes = new Map(chosen.map(({ own, edge }) => [JSON.stringify(own.firing), edge.to]));
  const signals = { control: null, used: chosen.map(({ own }) => own) };
  const controls = Array.from({ length: random }, (_, control) => ({
    control,
    used: chosen.flatMap(({ controls }) => controls.slice(control, control + 1)),
  }));
  const runs = [signals, ...controls].filter(({ used }) => used.length > 0);
  const interventions = runs.map(({ used }) => ({ edges: used, mode, boost }));
  let done = 0;
  const effects = intervene(prompt, forward, interventions, target ?? logitTarget(document), runOptions);
  for await (const effect of effects) {
    const { control, used } = runs[done];
    done += 1;
    const { firings, ...joint } = jointEffect(used, effect);
    const heads = firings.flatMap(({ firing, ...attention }) => {
      const node = nodes.get(JSON.stringify(firing));
      return node === undefined ? [] : [{ node, ...attention }];
    });
    yield { mode, boost, control, edges: used.length, ...joint, heads };
  }
}
