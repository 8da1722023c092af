import { doubleForwardPass } from '@svf-alignment/real-models';
import { describe, expect, test } from 'vitest';
import type { CircuitDocument } from '../../src/circuit/circuitDocument.ts';
import type { CircuitInterventionOptions } from '../../src/interventions/circuitInterventionOptions.ts';
import { intervene } from '../../src/interventions/intervene.ts';
import { type InterventionRow, interveneCircuit } from '../../src/interventions/interveneCircuit.ts';
import { interventionSummary } from '../../src/interventions/interventionSummary.ts';
import { indexedEdge } from '../../src/signals/indexedEdge.ts';
import { golden, goldenModel } from '../goldenModel.ts';
import { PROMPT } from './goldenCases.ts';
import { goldenDocument } from './goldenDocument.ts';

const { prompt: run, weights, words } = await goldenModel('tiny-gpt2');
const prompt = await run(PROMPT);
const forward = doubleForwardPass(weights);
const document = goldenDocument('tiny-gpt2', prompt);
const target = { answer: words.indexOf('Kate'), wrong: words.indexOf('Anna') };

async function rowsOf(options: CircuitInterventionOptions, circuit: CircuitDocument = document) {
  const rows: InterventionRow[] = [];
  for await (const row of interveneCircuit(circuit, prompt, forward, options)) rows.push(row);
  return rows;
}

describe('edges of a circuit', () => {
  test('all that can be: locally every edge but those into the root, globally none from an offset either', async () => {
    const inner = document.edges.filter(({ singularVectors }) => singularVectors !== null);
    expect(inner.length).toBeLessThan(document.edges.length);
    const local = await rowsOf({ target });
    expect(local.map(({ edge: { from, to, type } }) => [from, to, type])).toEqual(
      inner.map(({ from, to, type }) => [from, to, type]),
    );
    const written = inner.filter(({ from }) => from[1] !== 'AH offset');
    expect(written.length).toBeLessThan(inner.length);
    const global = await rowsOf({ target, mode: 'global', boost: true });
    expect(global.map(({ edge: { from } }) => from)).toEqual(written.map(({ from }) => from));
    expect(new Set(global.map(({ mode, boost }) => `${mode} ${boost}`))).toEqual(new Set(['global true']));
  });

  test('a row is plain JSON: the edge, how, and what became of it', async () => {
    const [row] = await rowsOf({ edges: [7], target });
    const { from, to, type, singularVectors } = document.edges[7];
    const edge = indexedEdge(prompt, document.edges[7]);
    const effects = intervene(prompt, forward, [{ edges: [edge], mode: 'local', boost: false }], target);
    const [effect] = (await effects.next()).value ?? [];
    expect(row).toEqual({
      edge: { from, to, type, singularVectors },
      mode: 'local',
      boost: false,
      control: null,
      ...effect,
    });
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    expect(row.attention).toBeLessThan(row.attentionClean);
  });

  test("without a target, the logit of the circuit's answer alone, as the processed model has it", async () => {
    const { prompts } = golden('tiny-gpt2', 'forward') as { prompts: { folded_logits_last: number[] }[] };
    const [row] = await rowsOf({ edges: [7] });
    expect(row.logitDifferenceClean).toBeCloseTo(prompts[0].folded_logits_last[target.answer], 9);
  });

  test('an empty circuit has no rows', async () => {
    expect(await rowsOf({ target }, { ...document, edges: [] })).toEqual([]);
  });
});

describe('random controls', async () => {
  const rows = await rowsOf({ target, random: 3, seed: 5 });

  test('follow their edge, with as many singular vectors, none of them its own', async () => {
    const own = rows.filter(({ control }) => control === null);
    expect(rows.map(({ control }) => control?.draw ?? null)).toEqual(own.flatMap(() => [null, 0, 1, 2]));
    for (const { edge, control } of rows) {
      const used = control?.singularVectors ?? [];
      if (control !== null) expect(used).toHaveLength(edge.singularVectors?.length ?? 0);
      expect(new Set([...(edge.singularVectors ?? []), ...used]).size).toBe(
        (edge.singularVectors?.length ?? 0) + used.length,
      );
      expect(used.every((k) => k >= 0 && k < prompt.model.terms)).toBe(true);
    }
    const several = await rowsOf({ edges: [9, 7], target, random: 3, seed: 5 });
    const same = rows.filter(({ edge }) => JSON.stringify(edge) === JSON.stringify(several[4].edge));
    expect(several.slice(4).map(({ control }) => control)).toEqual(same.map(({ control }) => control));
    const others = await rowsOf({ edges: [9, 7], target, random: 3, seed: 6 });
    expect(others.map(({ control }) => control)).not.toEqual(several.map(({ control }) => control));
  });

  test('signals that the tracing found lower attention, random ones do not', () => {
    const [summary] = interventionSummary([rows]);
    expect(summary).toMatchObject({ mode: 'local', boost: false, prompts: 1 });
    expect(summary.signals.attentionDrop?.mean).toBeGreaterThan(0.05);
    expect(Math.abs(summary.controls?.attentionDrop?.mean ?? 1)).toBeLessThan(0.001);
    expect(summary.differences?.attentionDrop?.meanInterval?.[0]).toBeGreaterThan(0.02);
    expect(summary.signals.cosine?.mean).toBeGreaterThan(0.98);
  });
});

describe('refusals', () => {
  const root = document.edges.findIndex(({ singularVectors }) => singularVectors === null);
  const offset = document.edges.findIndex(({ from }) => from[1] === 'AH offset');
  const { tokens, objective } = document;
  const probe = { seeding: 'probe', layer: 1 } as const;

  test.each([
    { circuit: { model: { ...document.model, hash: 'f00' } }, code: 'other-model', path: ['model', 'hash'] },
    { circuit: { tokens: tokens.slice(1) }, code: 'other-prompt', path: ['tokens', 0] },
    { circuit: { tokens: tokens.slice(0, -1) }, code: 'other-prompt', path: ['tokens', tokens.length - 1] },
    { circuit: { objective: probe }, code: 'no-answer', path: ['objective', 'targets'] },
    {
      circuit: { objective: { ...objective, targets: [] } },
      code: 'no-answer',
      path: ['objective', 'targets'],
    },
    { options: { edges: [0, 42] }, code: 'edge-out-of-range', path: ['edges', 42] },
    { options: { edges: [-1] }, code: 'edge-out-of-range', path: ['edges', -1] },
    { options: { edges: [root] }, code: 'edge-into-root', path: ['edges', root, 'to'] },
    { options: { edges: [offset], mode: 'global' }, code: 'no-global-offset', path: ['edges', offset] },
    { options: { random: 1.5 }, code: 'bad-random-count', path: ['random'] },
    { options: { target: { answer: 106 } }, code: 'token-out-of-range', path: ['answer'] },
  ] as const)('$code at $path', async ({ code, path, ...given }) => {
    const circuit = 'circuit' in given ? ({ ...document, ...given.circuit } as CircuitDocument) : document;
    const options = 'options' in given ? given.options : {};
    await expect(rowsOf(options, circuit)).rejects.toMatchObject({ code, path });
  });
});
