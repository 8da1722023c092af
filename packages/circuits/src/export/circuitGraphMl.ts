import XMLBuilder from 'fast-xml-builder';
import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import { controlPicture } from './controlPicture.ts';
import { exportedCircuit } from './exportedCircuit.ts';
import type { ExportedEdge, ExportedNode } from './exportedTypes.ts';

type Value = string | number | null;
type Values = Readonly<Record<string, Value>>;
type Domain = 'graph' | 'node' | 'edge';

/** Every attribute with its GraphML type. Of one domain no name is used twice, so that names can be the ids. */
const attributes: Readonly<Record<Domain, Readonly<Record<string, 'string' | 'int' | 'double'>>>> = {
  graph: { prompt: 'string', model: 'string', modelHash: 'string', threshold: 'string', seeding: 'string' },
  node: {
    label: 'string',
    kind: 'string',
    layer: 'int',
    component: 'string',
    destination: 'string',
    destinationPosition: 'int',
    source: 'string',
    sourcePosition: 'int',
    attention: 'double',
    share: 'double',
  },
  edge: { type: 'string', weight: 'double', singularVectors: 'string', share: 'double' },
};

/**
 * The circuit as GraphML, a directed multigraph with the ids of nodes and edges; opens in Cytoscape, and in networkx by
 * `read_graphml(path, force_multigraph=True)`. Nodes carry their label, kind, layer, component, destination and source
 * token (label and position) and attention weight; edges their type (`d` or `s`), weight and singular vectors, as
 * numbers with spaces between them; of an average both carry the share of circuits that have them. What does not apply is
 * left out: layer and source of a root, attention of what is no head, singular vectors of an edge into a root. Control characters of tokens stand as their pictures (U+2400 …), which
 * XML can hold.
 *
 * @throws SvfError `unknown-token`, `unknown-node`
 */
export function circuitGraphMl(document: CircuitDocument): string {
  const { nodes, edges } = exportedCircuit(document);
  const { model, prompt, settings, objective } = document;
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressBooleanAttributes: false });
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    graphml: {
      '@_xmlns': 'http://graphml.graphdrawing.org/xmlns',
      '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@_xsi:schemaLocation':
        'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd',
      key: keys(),
      graph: {
        '@_id': 'circuit',
        '@_edgedefault': 'directed',
        data: data('graph', {
          prompt,
          model: model.name,
          modelHash: model.hash,
          threshold: [settings.threshold].flat().join(' '),
          seeding: objective.seeding,
        }),
        node: nodes.map((node) => ({ '@_id': node.id, data: data('node', nodeValues(node)) })),
        edge: edges.map((edge) => ({
          '@_id': edge.id,
          '@_source': nodes[edge.from].id,
          '@_target': nodes[edge.to].id,
          data: data('edge', edgeValues(edge)),
        })),
      },
    },
  });
}

function keys(): object[] {
  return Object.entries(attributes).flatMap(([domain, names]) =>
    Object.entries(names).map(([name, type]) => ({
      '@_id': `${domain}-${name}`,
      '@_for': domain,
      '@_attr.name': name,
      '@_attr.type': type,
    })),
  );
}

function data(domain: Domain, values: Values): object[] {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ '@_key': `${domain}-${name}`, '#text': xmlText(String(value)) }));
}

function nodeValues(node: ExportedNode): Values {
  const { kind, layer, head, component, destinationLabel, destination, attention, share } = node;
  const label = kind === 'root' ? component : `${layer}.${component} at ${destinationLabel}`;
  return {
    label: head === null ? label : `${label} from ${node.sourceLabel}`,
    kind,
    layer,
    component,
    destination: destinationLabel,
    destinationPosition: destination,
    source: kind === 'root' ? null : node.sourceLabel,
    sourcePosition: kind === 'root' ? null : node.source,
    attention,
    share,
  };
}

function edgeValues({ type, weight, singularVectors, share }: ExportedEdge): Values {
  return { type, weight, singularVectors: singularVectors?.join(' ') ?? null, share };
}

/** XML has no control characters but tab and line break, and no halves of surrogate pairs. */
function xmlText(text: string): string {
  return text
    .replace(/(?![\t\n])\p{Cc}/gu, controlPicture)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd');
}
