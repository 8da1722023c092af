export type ExportedKind = 'head' | 'mlp' | 'bias' | 'embedding' | 'offset' | 'root';

/** A node as every export sees it: its parts named, its tokens by position. */
export interface ExportedNode {
  /** Unique in the circuit; letters, digits, `-` and `_` only, e.g. `L9H6-d14-s3`, `L0MLP-d3`, `root1`. */
  readonly id: string;
  readonly kind: ExportedKind;
  /** Null of a root. */
  readonly layer: number | null;
  /** Null of all but heads. */
  readonly head: number | null;
  /** The component's name in the document (`9`, `MLP`, …), or the root's label. */
  readonly component: string;
  /** Position of the token at which it writes; of a root, of the end token. */
  readonly destination: number;
  /** Position of the token that a head attends to; the destination of everything else. */
  readonly source: number;
  /** Label of the token, unlike a text unique among the tokens. */
  readonly destinationLabel: string;
  readonly sourceLabel: string;
  readonly attention: number | null;
  /** Of an average, the share of its circuits that have it; null of the circuit of one prompt. */
  readonly share: number | null;
}

export interface ExportedEdge {
  /** `e1`, `e2`, … in the order of the document. */
  readonly id: string;
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  readonly type: 'd' | 's';
  readonly weight: number;
  readonly singularVectors: readonly number[] | null;
  /** As that of a node. */
  readonly share: number | null;
}

export interface ExportedCircuit {
  readonly nodes: readonly ExportedNode[];
  readonly edges: readonly ExportedEdge[];
}
