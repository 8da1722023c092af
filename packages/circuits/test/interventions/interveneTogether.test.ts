import { doubleForwardPass } from '@svf-alignment/real-models';
import { describe, expect, test } from 'vitest';
import type { CircuitDocument } from '../../src/circuit/circuitDocument.ts';
import type { CircuitInterventionOptions } from '../../src/interventions/circuitInterventionOptions.ts';
import { intervene } from '../../src/interventions/intervene.ts';
import { interveneCircuit } from '../../src/interventions/interveneCircuit.ts';
import { interveneTogether } from '../../src/interventions/interveneTogether.ts';
import { indexedEdge } from '../../src/signals/indexedEdge.ts';
import { goldenModel } from '../goldenModel.ts';
import { variants } from '../signals/variants.ts';
import { PROMPT } from './goldenCases.ts';
import { goldenDocument } from './goldenDocument.ts';

const { prompt: run, weights, words } = await goldenModel('tiny-gpt2');
const prompt = await run(PROMPT);
const forward = doubleForwardPass(weights);
const document = goldenDocument('tiny-gpt2', prompt);
const inner = document.edges.filter(({ singularVectors }) => singularVectors !== null);
const target = { answer: words.indexOf('Kate'), wrong: words.indexOf('Anna') };

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

const rowsOf = (options: CircuitInterventionOptions, circuit: CircuitDocument = document) =>
  all(interveneTogether(circuit, prompt, forward, { target, ...options }));

describe('all edges of a circuit at once', () => {
  test('is one intervention on all of them, head by head', async () => {
    const edges = inner.map((edge) => indexedEdge(prompt, edge));
    for (const boost of [false, true]) {
      const [row, ...others] = await rowsOf({ boost });
      const [effects] = await all(intervene(prompt, forward, [{ edges, mode: 'local', boost }], target));
      expect(others).toEqual([]);
      expect(row).toMatchObject({ mode: 'local', boost, control: null, edges: inner.length });
      expect(row.logitDifferenceClean).toBe(effects[0].logitDifferenceClean);
      expect(row.logitDifference).toBe(effects[0].logitDifference);
      const heads = new Map(row.heads.map(({ node, ...attention }) => [JSON.stringify(node), attention]));
      expect(heads.size).toBe(row.heads.length);
      for (const [i, { to }] of inner.entries()) {
        const { attentionClean, attention } = effects[i];
        expect(heads.get(JSON.stringify(to))).toEqual({ attentionClean, attention });
      }
    }
  });

  test('takes what little attention is left, where random singular vectors leave it', async () => {
    const [signals, ...controls] = await rowsOf({ random: 3, seed: 5 });
    expect(signals.attentionClean).toBeGreaterThan(0.95);
    expect(signals.attention).toBeLessThan(0.1);
    expect(controls.map(({ control }) => control)).toEqual([0, 1, 2]);
    for (const { edges, attentionClean, attention, heads } of controls) {
      expect(edges).toBe(inner.length);
      expect(heads).toHaveLength(signals.heads.length);
      expect(Math.abs(attention - attentionClean)).toBeLessThan(0.01);
    }
    expect(new Set(controls.map(({ attention }) => attention)).size).toBe(3);
  });

  test('of a single edge is what that edge does, with the same controls; named twice it counts once', async () => {
    const edges = [7];
    const options = { edges, random: 2, seed: 3, target };
    const alone = await all(interveneCircuit(document, prompt, forward, options));
    const together = await rowsOf({ ...options, edges: [7, 7] });
    expect(together.map(({ attention, logitDifference }) => [attention, logitDifference])).toEqual(
      alone.map(({ attention, logitDifference }) => [attention, logitDifference]),
    );
    expect(together.map(({ edges: count }) => count)).toEqual([1, 1, 1]);
  });

  test('controls leave alone edges that have none', async () => {
    const singularVectors = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    const wide = {
      ...document,
      edges: inner.map((edge, i) => (i === 0 ? { ...edge, singularVectors } : edge)),
    };
    const counts = async (options: CircuitInterventionOptions) =>
      (await rowsOf({ random: 1, ...options }, wide)).map(({ edges }) => edges);
    expect(await counts({})).toEqual([inner.length, inner.length - 1]);
    expect(await counts({ edges: [0] })).toEqual([1]);
  });

  test('of an empty circuit is nothing', async () => {
    expect(await rowsOf({ random: 2 }, { ...document, edges: [] })).toEqual([]);
  });
});

describe('where heads share keys', async () => {
  const [, , shared] = await variants();
  const { prompt: own } = shared;
  const labels = own.tokens.map(({ label }) => label);
  const head: CircuitDocument['nodes'][number]['node'] = [1, 0, labels[5], labels[3]];
  const edge = (type: 'd' | 's', label: string): CircuitDocument['edges'][number] => ({
    from: [0, 'MLP', label, label],
    to: head,
    type,
    singularVectors: [0],
    weight: 0.5,
  });
  const circuit: CircuitDocument = {
    ...document,
    model: own.model.identity,
    tokens: [...own.tokens],
    edges: [edge('d', labels[5]), edge('s', labels[3])],
  };
  const rows = (options: CircuitInterventionOptions) =>
    all(interveneTogether(circuit, own, shared.forward, { target: { answer: 11 }, ...options }));

  test('the edges that can be are taken locally, all of them globally', async () => {
    const alone = await all(
      interveneCircuit(circuit, own, shared.forward, { edges: [0], target: { answer: 11 } }),
    );
    const [local] = await rows({});
    expect(local).toMatchObject({ edges: 1, attention: alone[0].attention });
    expect(await rows({ mode: 'global' })).toMatchObject([{ edges: 2 }]);
  });

  test('an edge of type s is refused locally where it is asked for', async () => {
    await expect(rows({ edges: [0, 1] })).rejects.toMatchObject({ code: 'shared-key', path: ['edges', 1] });
  });
});
