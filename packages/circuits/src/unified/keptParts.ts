import type { CircuitUnion } from './circuitUnion.ts';
import { leastCount } from './leastCount.ts';
import { reachingRoots } from './reachingRoots.ts';

/** What is left of a union, and how often it occurs. */
export interface KeptParts {
  /** Indices of nodes, ascending. */
  readonly nodes: readonly number[];
  /** Indices of edges, ascending. */
  readonly edges: readonly number[];
  /** [nodes of the union] number of circuits with the node. */
  readonly counts: Uint32Array;
}

/**
 * Nodes that occur in at least a share of the circuits, the edges between them, and of these only what has a path to the
 * root; isolated nodes go with the rest.
 *
 * @param circuits indices into the union's circuits, one several times if it counts as often
 * @param share in [0, 1]
 */
export function keptParts(union: CircuitUnion, circuits: ArrayLike<number>, share: number): KeptParts {
  const counts = new Uint32Array(union.nodes.length);
  const occurs = new Uint8Array(union.edges.length);
  for (let i = 0; i < circuits.length; i += 1) {
    const circuit = union.circuits[circuits[i]];
    for (const node of circuit.nodes) counts[node] += 1;
    for (const edge of circuit.edges) occurs[edge] = 1;
  }
  const least = leastCount(share, circuits.length);
  const often = union.edges.flatMap((edge, index) => {
    const { from, to } = edge;
    return occurs[index] === 0 || counts[from] < least || counts[to] < least ? [] : [{ index, edge }];
  });
  const reaching = reachingRoots(
    often.map(({ edge }) => edge),
    [union.nodes.indexOf('root')],
  );
  return {
    nodes: [...reaching].sort((one, other) => one - other),
    edges: often.filter(({ edge }) => reaching.has(edge.to)).map(({ index }) => index),
    counts,
  };
}
