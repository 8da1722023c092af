import type { CircuitDocument } from '@svf-alignment/circuits';
import { MOST_NODES } from './circuitDiagram.ts';
import { shownCircuit } from './shownCircuit.ts';

/** For a caption: how much of a circuit its picture shows; nothing if it is all. */
export function shownPart(document: CircuitDocument): string {
  const { nodes, edges } = shownCircuit(document, MOST_NODES);
  if (nodes.length === document.nodes.length && edges.length === document.edges.length) return '';
  return ` The strongest ${edges.length} of ${document.edges.length} edges; the page below has all of them.`;
}
