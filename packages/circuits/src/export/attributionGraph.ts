import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import type {
  AttributionGraph,
  AttributionGraphOptions,
  AttributionLink,
  AttributionNode,
} from './attributionTypes.ts';
import { exportedCircuit } from './exportedCircuit.ts';
import type { ExportedNode } from './exportedTypes.ts';
import { rootProbability } from './rootProbability.ts';

/** Places of the kinds among a layer's indices, before those of its heads. */
const places = { mlp: 0, bias: 1, offset: 2, head: 3 } as const;

const types = {
  head: 'lorsa',
  mlp: 'mlp',
  bias: 'attention bias',
  offset: 'attention offset',
  embedding: 'embedding',
  root: 'logit',
} as const;

/**
 * The circuit in the format of circuit-tracer and Neuronpedia, whose viewers then show it.
 *
 * A head is one node per (layer, head, destination, source), at its destination: its index in the layer is
 * `(3 + head) · tokens + source`; MLP, attention bias and offset have 0, 1 and 2 for `3 + head`. Its type is `lorsa`, which viewers
 * know as attention; they draw what they do not know as dots. Edges of both types between the same two nodes are one
 * link, whose weight is their sum; singular vectors have no place in the format. The label of a root ends in the
 * probability of its tokens, where viewers look for one; `p=?` for a probe.
 *
 * @throws SvfError `unknown-token`, `unknown-node`
 */
export function attributionGraph(
  document: CircuitDocument,
  options: AttributionGraphOptions = {},
): AttributionGraph {
  const { nodes, edges } = exportedCircuit(document);
  const { tokens, model, prompt, settings, objective } = document;
  const layers = Math.max(0, ...nodes.map(({ layer }) => (layer ?? -1) + 1));
  let roots = 0;
  const written = nodes.map((node) => {
    if (node.kind === 'root') roots += 1;
    return attributionNode(node, { tokens, layers, root: roots, objective });
  });
  const links = new Map<string, AttributionLink>();
  for (const { from, to, weight } of edges) {
    const source = written[from].node_id;
    const target = written[to].node_id;
    const key = `${source} ${target}`;
    links.set(key, { source, target, weight: weight + (links.get(key)?.weight ?? 0) });
  }
  return {
    metadata: {
      slug: options.slug ?? 'circuit',
      scan: model.name,
      transcoder_list: [],
      prompt_tokens: tokens.map(({ text }) => text),
      prompt,
      schema_version: 1,
      info: {
        description:
          'Attention circuit (ACC++): weights are drops of attention weights as terms are removed one after the other; ' +
          `those into outputs are ${outputWeights(objective)}.`,
        generator: { name: 'svf-alignment' },
      },
      generation_settings: { ...settings, ...objective, model_hash: model.hash },
    },
    qParams: { pinnedIds: [], supernodes: [], linkType: 'both', clickedId: '', sg_pos: '' },
    nodes: written,
    links: [...links.values()],
  };
}

/** What the weights of edges into outputs are. */
function outputWeights(objective: CircuitDocument['objective']): string {
  switch (objective.seeding) {
    case 'probability':
      return 'integrated gradients of the log-probability';
    case 'linear':
      return `shares of the logit${objective.wrong === null ? '' : ' difference'}`;
    case 'probe':
      return 'shares of the projection on the probe';
  }
}

interface Surroundings {
  readonly tokens: CircuitDocument['tokens'];
  readonly layers: number;
  /** Number of the root, from 1. */
  readonly root: number;
  readonly objective: CircuitDocument['objective'];
}

function attributionNode(
  node: ExportedNode,
  { tokens, layers, root, objective }: Surroundings,
): AttributionNode {
  const { kind, destination, source, attention } = node;
  const common = {
    ctx_idx: destination,
    feature_type: types[kind],
    clerp: clerp(node, objective),
    is_target_logit: kind === 'root',
    run_idx: 0,
    reverse_ctx_idx: 0,
    influence: null,
    activation: attention,
  };
  if (kind === 'root') {
    const layer = String(layers + 1);
    const node_id = `${layer}_${root}_${destination}`;
    return { node_id, feature: root, layer, jsNodeId: `L_${root}-${destination}`, ...common };
  }
  if (kind === 'embedding') {
    const { id } = tokens[destination];
    const jsNodeId = `E_${id}-${destination}`;
    return { node_id: `E_${id}_${destination}`, feature: destination, layer: 'E', jsNodeId, ...common };
  }
  const layer = node.layer ?? 0;
  const index = (places[kind] + (node.head ?? 0)) * tokens.length + source;
  return {
    node_id: `${layer}_${index}_${destination}`,
    feature: cantorPair(layer, index),
    layer: String(layer),
    jsNodeId: `${layer}_${index}-${destination}`,
    ...common,
  };
}

function clerp(
  { kind, layer, head, component, destinationLabel, sourceLabel }: ExportedNode,
  objective: CircuitDocument['objective'],
): string {
  switch (kind) {
    case 'root':
      return `${component} (p=${rootProbability(objective, component)?.toFixed(3) ?? '?'})`;
    case 'head':
      return `Head ${layer}.${head}: ${destinationLabel} ← ${sourceLabel}`;
    case 'embedding':
      return `Embedding: ${destinationLabel}`;
    default:
      return `${component} ${layer}: ${destinationLabel}`;
  }
}

function cantorPair(x: number, y: number): number {
  return ((x + y) * (x + y + 1)) / 2 + y;
}
