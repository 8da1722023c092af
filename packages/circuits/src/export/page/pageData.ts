import type { ExportedKind } from '../exportedTypes.ts';
import type { LayoutRow } from './circuitLayout.ts';

export interface PageNode {
  readonly kind: ExportedKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly row: number;
  readonly lines: readonly string[];
  readonly name: string;
  readonly title: string;
  readonly terms: readonly string[];
  readonly attention: number | null;
  /** Of an average, the share of its circuits that have it; else null. */
  readonly share: number | null;
}

export interface PageEdge {
  /** Indices of nodes. */
  readonly from: number;
  readonly to: number;
  readonly type: 'd' | 's';
  readonly weight: number;
  /** |weight| over the largest of its group: edges into roots, or all others, whose unit is another. */
  readonly strength: number;
  /** 0 of the strongest edge. */
  readonly rank: number;
  readonly singularVectors: readonly number[] | null;
  readonly share: number | null;
  readonly interpretation: string | null;
  readonly path: string;
  readonly middle: readonly [x: number, y: number];
}

/** What the page's script draws. */
export interface PageData {
  readonly title: string;
  readonly prompt: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly warnings: readonly string[];
  /** What the weights measure, a sentence each. */
  readonly weightNotes: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly rows: readonly LayoutRow[];
  readonly columns: readonly { readonly label: string; readonly left: number; readonly width: number }[];
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
  /** How many of the strongest edges are shown at first. */
  readonly shown: number;
}
