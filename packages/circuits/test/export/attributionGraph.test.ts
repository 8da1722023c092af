import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { CircuitDocument } from '../../src/circuit/circuitDocument.ts';
import { attributionGraph } from '../../src/export/attributionGraph.ts';
import { exportedCircuit } from '../../src/export/exportedCircuit.ts';
import { goldenDocument } from './goldenDocument.ts';
import { hostileDocument } from './hostileDocument.ts';
import { largeDocument } from './largeDocument.ts';

/** What the published schema of a viewer's graph demands, and what the model classes of the tracer add. */
const viewerSchema = z.object({
  metadata: z.object({
    slug: z.string(),
    scan: z.string(),
    transcoder_list: z.array(z.string()),
    prompt_tokens: z.array(z.string()),
    prompt: z.string(),
    schema_version: z.literal(1),
    info: z.object({ description: z.string(), generator: z.object({ name: z.string() }) }),
    generation_settings: z.record(z.string(), z.unknown()),
  }),
  qParams: z.object({
    pinnedIds: z.array(z.string()),
    supernodes: z.array(z.array(z.string())),
    linkType: z.string(),
    clickedId: z.string(),
    sg_pos: z.string(),
  }),
  nodes: z.array(
    z.object({
      node_id: z.string().regex(/^(?:\d+_\d+_\d+|E_\d+_\d+)$/),
      feature: z.int(),
      layer: z.string().regex(/^(?:E|\d+)$/),
      ctx_idx: z.int().min(0),
      feature_type: z.string(),
      is_target_logit: z.boolean(),
      run_idx: z.int(),
      reverse_ctx_idx: z.int(),
      jsNodeId: z.string(),
      clerp: z.string(),
      influence: z.number().nullable(),
      activation: z.number().nullable(),
    }),
  ),
  links: z.array(z.strictObject({ source: z.string(), target: z.string(), weight: z.number() })),
});

const documents = [goldenDocument(), goldenDocument('tiny-neox', 1), largeDocument(), hostileDocument()];

describe('an attribution graph', () => {
  test.each(documents)('has the fields that viewers read', (document) => {
    const graph = attributionGraph(document, { slug: 'one' });
    expect(viewerSchema.parse(JSON.parse(JSON.stringify(graph)))).toEqual(graph);
    expect(graph.metadata).toMatchObject({ slug: 'one', scan: document.model.name, prompt: document.prompt });
    expect(graph.metadata.prompt_tokens).toEqual(document.tokens.map(({ text }) => text));
  });

  test.each(documents)('keeps apart by every name what viewers tell apart by it', (document) => {
    const { nodes } = attributionGraph(document);
    expect(nodes).toHaveLength(document.nodes.length);
    for (const name of [
      nodes.map(({ node_id }) => node_id),
      nodes.map(({ jsNodeId }) => jsNodeId),
      nodes.map(({ layer, feature, ctx_idx }) => `${layer}_${feature}_${ctx_idx}`),
    ]) {
      expect(new Set(name).size).toBe(nodes.length);
    }
  });

  test.each(documents)(
    'links nodes that it has, once, with the sum of the edges between them',
    (document) => {
      const { nodes, links } = attributionGraph(document);
      const { edges } = exportedCircuit(document);
      const ids = nodes.map(({ node_id }) => node_id);
      const sums = new Map<string, number>();
      for (const { from, to, weight } of edges) {
        const key = `${ids[from]} ${ids[to]}`;
        sums.set(key, (sums.get(key) ?? 0) + weight);
      }
      expect(new Map(links.map(({ source, target, weight }) => [`${source} ${target}`, weight]))).toEqual(
        sums,
      );
      expect(links).toHaveLength(sums.size);
    },
  );

  test('joins what the query and the key of a head read from one node', () => {
    const document = goldenDocument();
    const [edge] = document.edges.filter(({ type, to }) => type === 'd' && to.length === 4);
    const twice = { ...document, edges: [edge, { ...edge, type: 's' as const, weight: 1 }] };
    expect(attributionGraph(twice).links).toEqual([expect.objectContaining({ weight: edge.weight + 1 })]);
  });

  test('places heads at their destination, embeddings below and outputs above all layers', () => {
    const document = goldenDocument();
    const { nodes } = attributionGraph(document);
    const { nodes: exported } = exportedCircuit(document);
    const of = (id: string) => nodes[exported.findIndex((node) => node.id === id)];
    // Head 1 on token 3 of 16: index (3 + 1) · 16 + 3 = 67; Cantor pair of (2, 67) is 69 · 70 / 2 + 67 = 2482.
    expect(of('L2H1-d15-s3')).toMatchObject({
      node_id: '2_67_15',
      feature: 2482,
      layer: '2',
      ctx_idx: 15,
      feature_type: 'lorsa',
      clerp: 'Head 2.1: to (1) ← Kate',
    });
    expect(of('L0Embedding-d5')).toMatchObject({ layer: 'E', feature_type: 'embedding', feature: 5 });
    expect(of('L2MLP-d15')).toMatchObject({
      node_id: '2_15_15',
      feature_type: 'mlp',
      clerp: 'MLP 2: to (1)',
    });
    // Viewers look for `(p=` in the label of an output, and fail where it is missing.
    expect(of('root1')).toMatchObject({
      node_id: '4_1_15',
      layer: '4',
      feature_type: 'logit',
      is_target_logit: true,
      clerp: "Prob 'Kate' (p=?)",
    });
  });

  const named = (text: string, probability?: number) => ({
    id: 0,
    text,
    ...(probability && { probability }),
  });
  const objectives: [string, CircuitDocument['objective'], string, string][] = [
    [
      'the probability of its token',
      { seeding: 'linear', wrong: null, targets: [named('Kate', 0.25)] },
      '0.250',
      'shares of the logit.',
    ],
    [
      'that of the right token of two',
      { seeding: 'linear', wrong: named('Anna', 0.5), targets: [named('Kate', 0.25)] },
      '0.250',
      'shares of the logit difference.',
    ],
    [
      'of several tokens their sum',
      { seeding: 'probability', tau: 0.8, steps: 64, targets: [named('Kate', 0.25), named('Anna', 0.5)] },
      '0.750',
      'integrated gradients of the log-probability.',
    ],
    ['nothing of a probe', { seeding: 'probe', layer: 1 }, '?', 'shares of the projection on the probe.'],
  ];
  test.each(objectives)('a root tells %s', (_, objective, probability, weights) => {
    const { nodes, metadata } = attributionGraph({ ...goldenDocument(), objective });
    const root = nodes.find(({ is_target_logit }) => is_target_logit);
    expect(root?.clerp).toBe(`Prob 'Kate' (p=${probability})`);
    expect(metadata.info.description).toMatch(new RegExp(`into outputs are ${weights}$`));
  });

  test('each root of a linear objective tells its own token', () => {
    const golden = goldenDocument();
    const [{ node }] = golden.nodes.filter(({ node: own }) => own.length === 2);
    const renamed = JSON.stringify({
      ...golden,
      objective: { seeding: 'linear', wrong: null, targets: [named('Kate', 0.25), named('Anna', 0.5)] },
    }).replaceAll(JSON.stringify(node[0]), JSON.stringify("Logit 'Anna'"));
    const { nodes } = attributionGraph(JSON.parse(renamed));
    expect(nodes.filter(({ is_target_logit }) => is_target_logit).map(({ clerp }) => clerp)).toEqual([
      "Logit 'Anna' (p=0.500)",
    ]);
  });
});
