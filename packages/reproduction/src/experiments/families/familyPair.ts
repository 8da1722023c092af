import {
  type CircuitDocument,
  type CircuitFamilies,
  cutAtCount,
  groupRepresentatives,
} from '@svf-alignment/circuits';

/** Two families to be compared. */
export interface FamilyPair {
  /** Into how many the dendrogram was cut. */
  readonly clusters: number;
  /** The larger one first. */
  readonly families: readonly [PairedFamily, PairedFamily];
}

export interface PairedFamily {
  /** Indices of circuits, ascending. */
  readonly members: readonly number[];
  readonly representative: number;
}

/** Average linkage may part a few odd circuits from all others first: with these nothing is to be compared. */
const LEAST_SHARE = 0.1;
const MOST_CLUSTERS = 30;

/**
 * The two largest families of the first cut, into 2, 3, … 30, in which both have at least a tenth of the circuits; null if
 * there is none. A cut that leaves together what has nothing in common (distance 1), or parts what is equal, makes no family;
 * nor are circuits without an edge one, of which nothing can be compared.
 */
export function familyPair(
  { dendrogram, distances }: Pick<CircuitFamilies, 'dendrogram' | 'distances'>,
  documents: readonly CircuitDocument[],
): FamilyPair | null {
  const circuits = dendrogram.leaves;
  const { merges } = dendrogram;
  const least = Math.max(2, 1 + merges.filter(({ height }) => height >= 1).length);
  const most = Math.min(MOST_CLUSTERS, 1 + merges.filter(({ height }) => height > 0).length);
  for (let clusters = least; clusters <= most; clusters += 1) {
    const labels = Array.from(cutAtCount(dendrogram, clusters));
    const [first, second] = groupRepresentatives(distances, labels)
      .filter(({ representative }) => documents[representative].edges.length > 0)
      .sort((one, other) => other.size - one.size);
    if (second === undefined || second.size < LEAST_SHARE * circuits) continue;
    const family = ({ group, representative }: typeof first): PairedFamily => ({
      members: labels.flatMap((own, index) => (own === group ? [index] : [])),
      representative,
    });
    return { clusters, families: [family(first), family(second)] };
  }
  return null;
}
