import { SvfError } from '@svf-alignment/core';
import type { CircuitDocument, CircuitNode } from '../circuit/circuitDocument.ts';
import { exportedCircuit } from '../export/exportedCircuit.ts';
import type { ExportedNode } from '../export/exportedTypes.ts';

/** A circuit, and where its tokens stand in another prompt. */
export interface PlacedCircuit {
  readonly document: CircuitDocument;
  /** [tokens] position in the other prompt; null of a token that has none there. */
  readonly places: readonly (number | null)[];
}

export interface PlacedUnionNode {
  readonly node: CircuitNode;
  /** Circuits that have it. */
  count: number;
  /** Of a head, the sum of its attention weights over these; null of everything else. */
  attention: number | null;
}

export interface PlacedUnionEdge {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  readonly type: 'd' | 's';
  /** Circuits that have it. */
  count: number;
  /** Sum over these. */
  weight: number;
  /** How many circuits use each singular vector; null into the root. */
  readonly uses: Map<number, number> | null;
}

/** All nodes and edges of many circuits on the tokens of one prompt. */
export class PlacedUnion {
  readonly nodes: PlacedUnionNode[] = [];
  readonly edges: PlacedUnionEdge[] = [];
  readonly #labels: readonly string[];
  readonly #roots: readonly CircuitNode[];
  readonly #nodeIndices = new Map<string, number>();
  readonly #edgeIndices = new Map<string, number>();

  /** @param base whose tokens and root everything is placed on */
  constructor(base: CircuitDocument) {
    this.#labels = base.tokens.map(({ label }) => label);
    this.#roots = rootsOf(base);
  }

  /** @throws SvfError `shape-mismatch`, `unknown-token`, `unknown-node` */
  add({ document, places }: PlacedCircuit): void {
    this.#demandPlaces(document, places);
    const circuit = exportedCircuit(document);
    const attentions = new Map<number, number | null>();
    const isOnlyRoot = rootsOf(document).length === 1;
    const placed = circuit.nodes.map((node, i) => {
      const own = this.#placed(document.nodes[i].node, node, places, isOnlyRoot);
      if (own === undefined) return undefined;
      const index = this.#node(own);
      // Of two nodes that fall together the stronger one counts.
      const known = attentions.get(index) ?? null;
      attentions.set(index, node.attention === null ? known : Math.max(known ?? 0, node.attention));
      return index;
    });
    for (const [index, attention] of attentions) {
      const node = this.nodes[index];
      node.count += 1;
      if (attention !== null) node.attention = (node.attention ?? 0) + attention;
    }
    const counted = new Map<number, Set<number>>();
    for (const { from, to, type, weight, singularVectors } of circuit.edges) {
      const [start, end] = [placed[from], placed[to]];
      if (start === undefined || end === undefined) continue;
      const index = this.#edge(start, end, type, singularVectors === null);
      this.edges[index].weight += weight;
      const used = counted.get(index) ?? new Set();
      counted.set(index, used);
      for (const k of singularVectors ?? []) used.add(k);
    }
    for (const [index, used] of counted) {
      const { uses } = this.edges[index];
      this.edges[index].count += 1;
      for (const k of used) uses?.set(k, (uses.get(k) ?? 0) + 1);
    }
  }

  #placed(
    node: CircuitNode,
    { destination, source }: ExportedNode,
    places: PlacedCircuit['places'],
    isOnlyRoot: boolean,
  ): CircuitNode | undefined {
    if (node.length === 2) {
      // The only root of each is the same, whatever its label; of several, those of one label.
      if (isOnlyRoot && this.#roots.length === 1) return this.#roots[0];
      return this.#roots.find(([label]) => label === node[0]);
    }
    const [d, s] = [places[destination], places[source]];
    if (d === null || s === null || s > d) return undefined;
    const [layer, component] = node;
    return [layer, component, this.#labels[d], this.#labels[s]];
  }

  #node(node: CircuitNode): number {
    const key = JSON.stringify(node);
    const index = this.#nodeIndices.get(key) ?? this.nodes.push({ node, count: 0, attention: null }) - 1;
    this.#nodeIndices.set(key, index);
    return index;
  }

  #edge(from: number, to: number, type: 'd' | 's', intoRoot: boolean): number {
    const key = `${from} ${to} ${type}`;
    const index =
      this.#edgeIndices.get(key) ??
      this.edges.push({ from, to, type, count: 0, weight: 0, uses: intoRoot ? null : new Map() }) - 1;
    this.#edgeIndices.set(key, index);
    return index;
  }

  #demandPlaces({ tokens }: CircuitDocument, places: PlacedCircuit['places']): void {
    const fits = (place: number | null) => place === null || this.#labels[place] !== undefined;
    if (places.length === tokens.length && places.every(fits)) return;
    throw new SvfError('The places do not fit the tokens.', {
      code: 'shape-mismatch',
      path: ['places'],
      expected: `of ${tokens.length} tokens a position in [0, ${this.#labels.length - 1}] or null each`,
      received: JSON.stringify(places),
      remedy: 'Give the place of each token in the prompt of the average.',
    });
  }
}

function rootsOf({ nodes }: CircuitDocument): CircuitNode[] {
  return nodes.map(({ node }) => node).filter((node) => node.length === 2);
}
