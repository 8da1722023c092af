/** A node of an attribution graph; names are those of the format. */
export interface AttributionNode {
  /** `layer_index_position`, `E_token_position` of an embedding. */
  readonly node_id: string;
  /** The Cantor pair of layer and index; the position of an embedding, the number of a root. */
  readonly feature: number;
  /** `E` of an embedding; of a root, above the last layer. */
  readonly layer: string;
  /** Position of the destination token. */
  readonly ctx_idx: number;
  readonly feature_type: 'lorsa' | 'mlp' | 'attention bias' | 'attention offset' | 'embedding' | 'logit';
  readonly jsNodeId: string;
  readonly clerp: string;
  readonly is_target_logit: boolean;
  readonly run_idx: number;
  readonly reverse_ctx_idx: number;
  readonly influence: null;
  /** The attention weight of a head. */
  readonly activation: number | null;
}

export interface AttributionLink {
  readonly source: string;
  readonly target: string;
  readonly weight: number;
}

/** The JSON of a public attribution-graph viewer. */
export interface AttributionGraph {
  readonly metadata: {
    readonly slug: string;
    readonly scan: string;
    readonly transcoder_list: readonly string[];
    readonly prompt_tokens: readonly string[];
    readonly prompt: string;
    readonly schema_version: 1;
    readonly info: { readonly description: string; readonly generator: { readonly name: string } };
    readonly generation_settings: Readonly<Record<string, unknown>>;
  };
  readonly qParams: {
    readonly pinnedIds: readonly string[];
    readonly supernodes: readonly (readonly string[])[];
    readonly linkType: 'both';
    readonly clickedId: string;
    readonly sg_pos: string;
  };
  readonly nodes: readonly AttributionNode[];
  readonly links: readonly AttributionLink[];
}

export interface AttributionGraphOptions {
  /** Name of the graph among those of a viewer; default `circuit`. */
  readonly slug?: string;
}
