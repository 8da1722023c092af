/** What a page tells beyond its circuit. */
export interface CircuitPageOptions {
  /** What the signal of each edge is about, in the order of the document's edges; null where nothing is known. */
  readonly interpretations?: readonly (string | null)[];
  /** Named facts that stand below the prompt after those of the document, e.g. how interpretations were found. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
}
