import { SvfError } from '@svf-alignment/core';
import type { CircuitDocument, CircuitNode } from '../circuit/circuitDocument.ts';
import type { ExportedCircuit, ExportedEdge, ExportedNode } from './exportedTypes.ts';

const kinds = { MLP: 'mlp', 'AH bias': 'bias', Embedding: 'embedding', 'AH offset': 'offset' } as const;

/**
 * Nodes and edges of a circuit in the order of its document.
 *
 * @throws SvfError `unknown-token` for a label that no token has, `unknown-node` for an end of an edge that is not among the nodes
 */
export function exportedCircuit(document: CircuitDocument): ExportedCircuit {
  const positions = new Map(document.tokens.map(({ label }, position) => [label, position]));
  const indices = new Map<string, number>();
  let roots = 0;
  const nodes = document.nodes.map(({ node, attention, share = null }, index): ExportedNode => {
    indices.set(JSON.stringify(node), index);
    const at = (label: string) => position(positions, label, ['nodes', index, 'node']);
    if (node.length === 2) {
      const [component, label] = node;
      const end = at(label);
      roots += 1;
      const place = { destination: end, source: end, destinationLabel: label, sourceLabel: label };
      return {
        id: `root${roots}`,
        kind: 'root',
        layer: null,
        head: null,
        component,
        ...place,
        attention,
        share,
      };
    }
    const [layer, component, destinationLabel, sourceLabel] = node;
    const destination = at(destinationLabel);
    const source = at(sourceLabel);
    const place = { destination, source, destinationLabel, sourceLabel };
    const common = { layer, component: String(component), ...place, attention, share };
    if (typeof component === 'number') {
      const id = `L${layer}H${component}-d${destination}-s${source}`;
      return { id, kind: 'head', head: component, ...common };
    }
    const id = `L${layer}${component.replace(' ', '_')}-d${destination}`;
    return { id, kind: kinds[component], head: null, ...common };
  });
  const edges = document.edges.map(({ from, to, share = null, ...edge }, index): ExportedEdge => {
    const end = (side: 'from' | 'to', node: CircuitNode) => nodeIndex(indices, node, ['edges', index, side]);
    return { id: `e${index + 1}`, from: end('from', from), to: end('to', to), ...edge, share };
  });
  return { nodes, edges };
}

type Path = readonly (string | number)[];

function position(positions: ReadonlyMap<string, number>, label: string, path: Path): number {
  const known = positions.get(label);
  if (known !== undefined) return known;
  throw new SvfError('A node of the circuit stands at a token that the prompt does not have.', {
    code: 'unknown-token',
    path,
    expected: "the label of one of the document's tokens",
    received: label,
    remedy: 'Export a document as it was traced.',
  });
}

function nodeIndex(indices: ReadonlyMap<string, number>, node: CircuitNode, path: Path): number {
  const known = indices.get(JSON.stringify(node));
  if (known !== undefined) return known;
  throw new SvfError('An edge of the circuit ends at a node that the circuit does not have.', {
    code: 'unknown-node',
    path,
    expected: "one of the document's nodes",
    received: JSON.stringify(node),
    remedy: 'Keep the nodes of all edges when a document is filtered.',
  });
}
