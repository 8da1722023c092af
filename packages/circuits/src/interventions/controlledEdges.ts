import { randomStream } from '@svf-alignment/core';
import type { CircuitDocument, CircuitEdge } from '../circuit/circuitDocument.ts';
import type { PromptContext } from '../prompt/promptContext.ts';
import { type IndexedEdge, indexedEdge } from '../signals/indexedEdge.ts';
import type { CircuitInterventionOptions } from './circuitInterventionOptions.ts';
import { demandRandomCount } from './demandRandomCount.ts';
import { demandSamePrompt } from './demandSamePrompt.ts';
import { demandShiftable } from './demandShiftable.ts';
import { interventionEdges } from './interventionEdges.ts';
import { randomControl } from './randomControl.ts';

/** An edge that is intervened on, and what takes its place for comparison. */
export interface ControlledEdge {
  readonly edge: Pick<CircuitEdge, 'from' | 'to' | 'type' | 'singularVectors'>;
  readonly own: IndexedEdge;
  /** As many as were asked for, or none where the edge uses more than half of its head's singular vectors. */
  readonly controls: readonly IndexedEdge[];
}

/**
 * The edges of a circuit that are asked for, with their random controls. An edge's controls depend on the seed, the
 * prompt and the edge, not on the other edges.
 *
 * @throws SvfError `other-model`, `other-prompt`, `bad-random-count`, those of `interventionEdges`, and of `indexedEdge` and
 *   `demandShiftable` with path ['edges', place, …]
 */
export function controlledEdges(
  document: CircuitDocument,
  prompt: PromptContext,
  {
    edges: places,
    mode = 'local',
    random = 0,
    seed = 0,
  }: Pick<CircuitInterventionOptions, 'edges' | 'mode' | 'random' | 'seed'>,
): readonly ControlledEdge[] {
  demandSamePrompt(document, prompt);
  demandRandomCount(random);
  return interventionEdges(document, mode, places, prompt.model.shape).map((place) => {
    const { from, to, type, singularVectors } = document.edges[place];
    const edge = { from, to, type, singularVectors };
    const own = indexedEdge(prompt, edge, ['edges', place]);
    demandShiftable(prompt, own, mode, ['edges', place]);
    const name = JSON.stringify([prompt.tokens.map(({ id }) => id), from, to, type]);
    const stream = randomStream(seed, `intervention-control ${name}`);
    const controls = Array.from({ length: random }, () => randomControl(prompt, own, stream));
    return { edge, own, controls: controls.filter((control) => control !== null) };
  });
}
