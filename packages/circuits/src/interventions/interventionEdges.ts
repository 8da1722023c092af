import { SvfError } from '@svf-alignment/core';
import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import type { InterventionMode } from './intervention.ts';

/**
 * Edges of a circuit that are intervened on, by their places in the document: those asked for, or else every edge that
 * can be. That leaves out edges into roots; globally, edges from offsets; locally, where heads share keys, edges of type s.
 *
 * @param shape of the model, if it is known
 * @throws SvfError `edge-out-of-range`
 */
export function interventionEdges(
  { edges }: Pick<CircuitDocument, 'edges'>,
  mode: InterventionMode,
  places?: readonly number[],
  shape?: { readonly heads: number; readonly keyValueHeads: number },
): readonly number[] {
  if (places === undefined) {
    const sharesKeys = shape !== undefined && shape.keyValueHeads !== shape.heads;
    return [...edges.keys()].filter((place) => {
      const { from, type, singularVectors } = edges[place];
      if (singularVectors === null) return false;
      return mode === 'global' ? from[1] !== 'AH offset' : !(sharesKeys && type === 's');
    });
  }
  for (const place of places) {
    if (edges[place] !== undefined) continue;
    throw new SvfError(`The circuit has no edge ${place}.`, {
      code: 'edge-out-of-range',
      path: ['edges', place],
      expected: edges.length === 0 ? 'a circuit with edges' : `an integer in [0, ${edges.length - 1}]`,
      received: String(place),
      remedy: 'Edges are counted from 0, as they stand in the file.',
    });
  }
  return places;
}
