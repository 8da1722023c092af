import { type CircuitDocument, interventionEdges } from '@svf-alignment/circuits';

/** Places of the edges that can be intervened on locally, the strongest `most` of them, by descending |weight|. */
export function strongestEdges(
  document: Pick<CircuitDocument, 'edges'>,
  most: number,
  shape: { readonly heads: number; readonly keyValueHeads: number },
): readonly number[] {
  const { edges } = document;
  return [...interventionEdges(document, 'local', undefined, shape)]
    .sort((a, b) => Math.abs(edges[b].weight) - Math.abs(edges[a].weight))
    .slice(0, most);
}
