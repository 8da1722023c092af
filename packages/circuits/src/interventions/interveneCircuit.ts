import type { ForwardPass } from '@svf-alignment/real-models';
import type { CircuitDocument, CircuitEdge } from '../circuit/circuitDocument.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import type { CircuitInterventionOptions } from './circuitInterventionOptions.ts';
import { controlledEdges } from './controlledEdges.ts';
import { intervene } from './intervene.ts';
import type { InterventionEffect, InterventionMode } from './intervention.ts';
import { logitTarget } from './logitTarget.ts';

/** The effect of one edge's signal, or of a control in its stead. */
export interface InterventionRow extends InterventionEffect {
  readonly edge: Pick<CircuitEdge, 'from' | 'to' | 'type' | 'singularVectors'>;
  readonly mode: InterventionMode;
  readonly boost: boolean;
  /** Which control, from 0, and its singular vectors; null for the edge's own signal. */
  readonly control: { readonly draw: number; readonly singularVectors: readonly number[] } | null;
}

/**
 * Intervenes on edges of a circuit one by one: a row for the edge's own signal, then one for each control. Edges that use
 * more than half of their head's singular vectors have no control.
 *
 * @param prompt the circuit's prompt, run through the circuit's model
 * @throws SvfError those of `controlledEdges`, `logitTarget` and `intervene`
 */
export async function* interveneCircuit(
  document: CircuitDocument,
  prompt: PromptContext,
  forward: ForwardPass,
  options: CircuitInterventionOptions = {},
): AsyncGenerator<InterventionRow> {
  const { edges, mode = 'local', boost = false, random = 0, seed = 0, target, ...runOptions } = options;
  const chosen = controlledEdges(document, prompt, { ...(edges && { edges }), mode, random, seed });
  const rows = chosen.flatMap(({ edge, own, controls }) => [
    { used: own, row: { edge, control: null, mode, boost } },
    ...controls.map((used, draw) => {
      return { used, row: { edge, control: { draw, singularVectors: used.singularVectors }, mode, boost } };
    }),
  ]);
  const interventions = rows.map(({ used }) => ({ edges: [used], mode, boost }));
  let done = 0;
  const runs = intervene(prompt, forward, interventions, target ?? logitTarget(document), runOptions);
  for await (const [effect] of runs) {
    const { row } = rows[done];
    done += 1;
    yield { ...row, ...effect };
  }
}
