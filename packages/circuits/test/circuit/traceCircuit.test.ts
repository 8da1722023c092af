import { describe, expect, test } from 'vitest';
import { circuitDocumentSchema } from '../../src/circuit/circuitDocument.ts';
import { traceCircuit } from '../../src/circuit/traceCircuit.ts';
import { goldenModel } from '../goldenModel.ts';
import { randomModel, randomShapes } from '../randomModel.ts';

const TEXT = 'Then , Kate and Anna went to the market . Anna gave a cake to';
const { prompt: run, words, model } = await goldenModel('tiny-gpt2');
const prompt = await run(TEXT);
const id = (word: string) => words.indexOf(word);
const kate = { seeding: 'probability', targets: { tokens: [id('Kate')] } } as const;

describe('traceCircuit', () => {
  test('is a plain document that says what was asked', () => {
    const circuit = traceCircuit(prompt, { ...kate, tau: 0.5, steps: 8 });
    expect(circuitDocumentSchema.parse(JSON.parse(JSON.stringify(circuit)))).toEqual(circuit);
    expect(circuit).toMatchObject({
      schemaVersion: 1,
      model: { name: 'tiny-gpt2', hash: '' },
      prompt: TEXT,
      settings: { threshold: 'dynamic' },
      objective: { seeding: 'probability', targets: [{ id: id('Kate'), text: 'Kate' }], tau: 0.5, steps: 8 },
    });
    expect(circuit.tokens.at(-1)).toEqual({ id: id('to'), text: 'to', label: 'to (1)' });
  });

  test('every edge goes from a node to a node; leaf heads carry their attention, too', () => {
    const { nodes, edges } = traceCircuit(prompt, kate);
    const names = new Set(nodes.map(({ node }) => JSON.stringify(node)));
    for (const { from, to } of edges) {
      expect(names.has(JSON.stringify(from))).toBe(true);
      expect(names.has(JSON.stringify(to))).toBe(true);
    }
    for (const { node, attention } of nodes) {
      if (typeof node[1] === 'number') expect(attention).toBeGreaterThan(0);
      else expect(attention).toBeNull();
    }
  });

  test('several roots share what they have in common, each traced once', () => {
    const targets = { tokens: [id('Kate'), id('Anna')] };
    const both = traceCircuit(prompt, { seeding: 'linear', targets, wrong: id('market') });
    const roots = both.nodes.flatMap(({ node }) => (node.length === 2 ? [node] : []));
    expect(roots).toEqual([
      ["Logit 'Kate'", 'to (1)'],
      ["Logit 'Anna'", 'to (1)'],
    ]);
    const keys = both.edges.map(({ from, to, type }) => JSON.stringify([from, to, type]));
    expect(new Set(keys).size).toBe(keys.length);
    for (const token of targets.tokens) {
      const alone = traceCircuit(prompt, {
        seeding: 'linear',
        targets: { tokens: [token] },
        wrong: id('market'),
      });
      for (const edge of alone.edges) {
        if (edge.singularVectors !== null) expect(both.edges).toContainEqual(edge);
      }
    }
  });

  test('a probability of several tokens has one root; top-p and top-k name them by probability', () => {
    const rootsOf = (targets: { topK: number } | { topP: number } | { tokens: number[] }) =>
      traceCircuit(prompt, { seeding: 'probability', targets }).nodes.flatMap(({ node }) =>
        node.length === 2 ? [node[0]] : [],
      );
    expect(rootsOf({ tokens: [id('Anna'), id('Kate')] })).toEqual(["Prob {'Anna', 'Kate'}"]);
    const [first, second] = [...prompt.logits.keys()].sort((a, b) => prompt.logits[b] - prompt.logits[a]);
    expect(rootsOf({ topK: 2 })).toEqual([`Prob {'${words[first]}', '${words[second]}'}`]);
    expect(rootsOf({ topP: 1e-6 })).toEqual([`Prob '${words[first]}'`]);
  });

  test('with top-p every token has a linear root of its own, also if there is only one', () => {
    const [first] = [...prompt.logits.keys()].sort((a, b) => prompt.logits[b] - prompt.logits[a]);
    const { nodes, objective } = traceCircuit(prompt, { seeding: 'linear', targets: { topP: 1e-6 } });
    expect(nodes.some(({ node }) => node[0] === `Logit '${words[first]}'`)).toBe(true);
    const total = prompt.logits.reduce((sum, logit) => sum + Math.exp(logit - prompt.logits[first]), 0);
    expect(objective).toEqual({
      seeding: 'linear',
      targets: [{ id: first, text: words[first], probability: expect.closeTo(1 / total, 3) }],
      wrong: null,
    });
  });

  test('a probe direction begins a circuit at its layer', () => {
    const { dModel } = model.shape;
    const end = prompt.tokens.length - 1;
    const direction = prompt.layers[2].residual.slice(end * dModel, (end + 1) * dModel);
    const { nodes, edges, objective } = traceCircuit(prompt, { seeding: 'probe', layer: 1, direction });
    expect(nodes.map(({ node }) => node)).toContainEqual(['Probe', 'to (1)']);
    expect(objective).toEqual({ seeding: 'probe', layer: 1 });
    const layers = edges.flatMap(({ from }) => (typeof from[0] === 'number' ? [from[0]] : []));
    expect(Math.max(...layers)).toBeLessThanOrEqual(1);
  });

  test('the threshold decides what is traced: dynamic, a number, a function of the destination', () => {
    const dynamic = traceCircuit(prompt, kate);
    const low = traceCircuit(prompt, kate, { threshold: 0.05 });
    expect(low.edges.length).toBeGreaterThan(dynamic.edges.length);
    const none = traceCircuit(prompt, kate, { threshold: 1 });
    expect(none.edges.every(({ singularVectors }) => singularVectors === null)).toBe(true);
    const threshold = (destination: number) => Math.min(1, 2.5 / (destination + 1));
    const same = traceCircuit(prompt, kate, { threshold });
    expect(same.edges).toEqual(dynamic.edges);
    expect(same.settings.threshold).toEqual(prompt.tokens.map((_, d) => threshold(d)));
  });

  test('objectives without seeds give an empty circuit and say why', () => {
    const nothing = traceCircuit(prompt, {
      seeding: 'linear',
      targets: { tokens: [id('Kate')] },
      wrong: id('Kate'),
    });
    expect(nothing).toMatchObject({ nodes: [], edges: [] });
    expect(nothing.warnings).toMatchObject([{ code: 'no-positive-total', path: ['Logit direction'] }]);

    const logits = [...prompt.logits];
    const unlikely = logits.indexOf(Math.min(...logits));
    const against = traceCircuit(prompt, { seeding: 'probability', targets: { tokens: [unlikely] } });
    expect(against).toMatchObject({ nodes: [], edges: [], warnings: [{ code: 'no-positive-total' }] });
  });

  test('a root none of whose seeds is a head is left out', () => {
    const { dModel } = model.shape;
    const end = prompt.tokens.length - 1;
    // Along the embedding itself the embedding outweighs all else.
    const direction = prompt.embedding.slice(end * dModel, (end + 1) * dModel);
    const circuit = traceCircuit(prompt, { seeding: 'probe', layer: 0, direction });
    expect(circuit).toMatchObject({
      nodes: [],
      edges: [],
      warnings: [{ code: 'no-head-seeds', path: ['Probe'] }],
    });
  });

  test.each([
    [{ seeding: 'probability', targets: { tokens: [-1] } }, 'token-out-of-range'],
    [{ seeding: 'probability', targets: { tokens: [1] }, tau: 0 }, 'bad-tau'],
    [{ seeding: 'probability', targets: { tokens: [1] }, steps: 1.5 }, 'bad-steps'],
    [{ seeding: 'linear', targets: { tokens: [1] }, wrong: 106 }, 'token-out-of-range'],
    [{ seeding: 'probe', layer: 4, direction: new Float64Array(64) }, 'layer-out-of-range'],
    [{ seeding: 'probe', layer: 0, direction: new Float64Array(63) }, 'bad-direction'],
    [{ seeding: 'probe', layer: 0, direction: new Float64Array(64).fill(Number.NaN) }, 'bad-direction'],
  ] as const)('%j is refused as %s', (objective, code) => {
    expect(() => traceCircuit(prompt, objective)).toThrow(expect.objectContaining({ code }));
  });

  test.each([-0.1, 1.1, Number.NaN])('a threshold of %d is refused', (threshold) => {
    expect(() => traceCircuit(prompt, kate, { threshold })).toThrow(
      expect.objectContaining({ code: 'bad-threshold' }),
    );
    expect(() => traceCircuit(prompt, kate, { threshold: () => threshold })).toThrow(
      expect.objectContaining({ code: 'bad-threshold' }),
    );
  });

  test('a prompt of one token has seeds and nothing to trace', async () => {
    const { run: runRandom } = await randomModel(randomShapes.partlyRotary, 3);
    const { prompt: single } = await runRandom([7]);
    const circuit = traceCircuit(single, { seeding: 'linear', targets: { topP: 0.01 } });
    expect(circuit.edges.every(({ singularVectors }) => singularVectors === null)).toBe(true);
  });

  test('soft-capped logits have linear seeds, no probability seeds', async () => {
    const { run: runRandom } = await randomModel({ ...randomShapes.grouped, logitSoftcap: 2 }, 3);
    const { prompt: capped } = await runRandom([7, 8]);
    expect(() => traceCircuit(capped, kate)).toThrow(expect.objectContaining({ code: 'unsupported-model' }));
    expect(traceCircuit(capped, { seeding: 'linear', targets: { tokens: [1] } }).schemaVersion).toBe(1);
  });
});
