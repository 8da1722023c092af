import { componentCount, componentIndex } from '../components/component.ts';

/** What wrote to the residual stream: a component of a layer, and for a head the token that it attended to. */
export interface UpstreamComponent {
  readonly layer: number;
  /** Index within the layer (attention-circuits §4). */
  readonly component: number;
  /** Breakdown token j. */
  readonly token: number;
}

/**
 * Numbers the groups of candidates of a head in layer l at destination d, with H heads in a layer: heads (layer by
 * layer, each with tokens 0..d), then the MLPs of layers 0..l−1, the attention biases of layers 0..l−1, embedding,
 * offset.
 */
export class UpstreamGroups {
  readonly layer: number;
  readonly heads: number;
  readonly destination: number;
  readonly terms: number;
  /** Groups below this number are heads. */
  readonly mlps: number;
  readonly biases: number;
  readonly embedding: number;
  readonly offset: number;
  readonly count: number;
  /** Token under which everything but heads stands. */
  readonly #ownToken: number;

  constructor(layer: number, heads: number, terms: number, destination: number, ownToken: number) {
    this.layer = layer;
    this.heads = heads;
    this.destination = destination;
    this.terms = terms;
    this.mlps = layer * heads * (destination + 1);
    this.biases = this.mlps + layer;
    this.embedding = this.biases + layer;
    this.offset = this.embedding + 1;
    this.count = this.offset + 1;
    this.#ownToken = ownToken;
  }

  /** Layer of a head's group. */
  layerOf(group: number): number {
    return Math.floor(group / ((this.destination + 1) * this.heads));
  }

  /** Head, within its layer, of a head's group. */
  headOf(group: number): number {
    return Math.floor(group / (this.destination + 1)) % this.heads;
  }

  /** Breakdown token of a head's group. */
  tokenOf(group: number): number {
    return group % (this.destination + 1);
  }

  /** Whether it is the group of an attention bias. */
  isBias(group: number): boolean {
    return group >= this.biases && group < this.embedding;
  }

  /** Layer of an MLP's group; the layer of the downstream head stands for the embedding. */
  writerOf(group: number): number {
    return group === this.embedding ? this.layer : group - this.mlps;
  }

  component(group: number): UpstreamComponent {
    const { heads } = this;
    const token = this.#ownToken;
    if (group < this.mlps) {
      return { layer: this.layerOf(group), component: this.headOf(group), token: this.tokenOf(group) };
    }
    if (group < this.biases) {
      return { layer: group - this.mlps, component: componentIndex('MLP', heads), token };
    }
    if (group < this.embedding) {
      return { layer: group - this.biases, component: componentIndex('AH bias', heads), token };
    }
    return {
      layer: 0,
      component: componentIndex(group === this.embedding ? 'Embedding' : 'AH offset', heads),
      token,
    };
  }

  /** Place of a candidate in (layer, component, singular vector, token) order. */
  flatIndex(group: number, term: number): number {
    const { layer, component, token } = this.component(group);
    const index = (layer * componentCount(this.heads) + component) * this.terms + term;
    return index * (this.destination + 1) + token;
  }
}
