import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type {
  CircuitDocument,
  InterventionRow,
  InterventionSummary,
  TogetherRow,
} from '@svf-alignment/circuits';
import { describe, expect, it } from 'vitest';
import { inProcess, inProcessJson } from './inProcess.ts';
import { refusal } from './refusal.ts';
import { svfJson, temporaryFolder } from './svf.ts';

const PROMPT = 'Then , Kate and Anna went to the market . Anna gave a cake to';

type Name = 'tiny-gpt2' | 'tiny-neox';

interface GoldenRow {
  readonly graph: 'prob' | 'linear';
  readonly prompt: number;
  readonly type: 'local' | 'global';
  readonly boost: boolean;
  readonly error?: string;
  readonly edge: Readonly<Record<string, unknown>> & { readonly svs_used: readonly number[] };
  readonly attn_scores_clean: number;
  readonly attn_scores_interv: number;
  readonly norm_ratio: number;
  readonly cos_sim: number;
  readonly delta_norm: number;
  readonly logit_diff_clean: number;
  readonly logit_diff_interv: number;
}

interface Printed {
  readonly rows: readonly InterventionRow[];
  readonly summary: InterventionSummary;
  readonly together: readonly TogetherRow[] | null;
}

function folderOf(name: Name): string {
  return fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
}

/** The circuit of the golden interventions, in a file. */
async function tracedFile(name: Name): Promise<{ file: string; document: CircuitDocument }> {
  const file = join(temporaryFolder(), 'circuit.json');
  const options = ['--model', folderOf(name), '--prompt', PROMPT, '--answer', 'Kate', '--save', file];
  const { status, stderr } = await inProcess(['trace', ...options]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return { file, document: JSON.parse(readFileSync(file, 'utf8')) };
}

/** Place in the circuit of the edge of a golden row. */
function placeOf({ tokens, edges }: CircuitDocument, { edge }: GoldenRow): number {
  const label = (position: unknown) => tokens[Number(position)]?.label;
  const component = Number(edge.upstream_component_id);
  const name = component < 4 ? component : ['MLP', 'AH bias', 'Embedding', 'AH offset'][component - 4];
  const { upstream_layer: upstream, downstream_layer: downstream, downstream_ah_idx: head } = edge;
  const from = [upstream, name, label(edge.upstream_dest_token), label(edge.upstream_src_token)];
  const to = [downstream, head, label(edge.downstream_dest_token), label(edge.downstream_src_token)];
  const wanted = JSON.stringify([from, to, edge.edge_type]);
  return edges.findIndex((own) => JSON.stringify([own.from, own.to, own.type]) === wanted);
}

describe.each(['tiny-gpt2', 'tiny-neox'] as const)('svf intervene on %s', (name) => {
  it('has the golden effects, mode by mode', async () => {
    const { file, document } = await tracedFile(name);
    const golden: GoldenRow[] = JSON.parse(readFileSync(join(folderOf(name), 'intervention.json'), 'utf8'));
    let compared = 0;
    for (const [mode, boost, precision, tolerance] of [
      ['local', false, 'double', 1e-8],
      ['global', false, 'single', 1e-3],
    ] as const) {
      const wanted = golden.filter(
        (row) => row.graph === 'prob' && row.type === mode && row.boost === boost && !row.error,
      );
      const places = wanted.map((row) => placeOf(document, row));
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
      const edges = places.flatMap((place) => ['--edge', String(place)]);
      const tokens = ['--answer', 'Kate', '--wrong', 'Anna'];
      const run = ['--circuit', file, ...edges, '--mode', mode, '--precision', precision, ...tokens];
      const { rows } = (await inProcessJson(['intervene', ...run])) as Printed;
      expect(rows).toHaveLength(wanted.length);
      for (const [i, expected] of wanted.entries()) {
        const { from, to, type, singularVectors } = document.edges[places[i]];
        expect(rows[i]).toMatchObject({
          edge: { from, to, type, singularVectors },
          mode,
          boost,
          control: null,
        });
        const near = (own: number | null, other: number) =>
          expect(Math.abs(Number(own) - other)).toBeLessThan(tolerance);
        near(rows[i].attentionClean, expected.attn_scores_clean);
        near(rows[i].attention, expected.attn_scores_interv);
        near(rows[i].logitDifferenceClean, expected.logit_diff_clean);
        near(rows[i].logitDifference, expected.logit_diff_interv);
        near(rows[i].normRatio, expected.norm_ratio);
        near(rows[i].cosine, expected.cos_sim);
        near(rows[i].shiftNorm, expected.delta_norm);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(4);
  });
});

it('takes every edge that is not into a root, with random controls, and sums up', async () => {
  const { file, document } = await tracedFile('tiny-gpt2');
  const run = ['intervene', '--circuit', file, '--random', '2', '--seed', '3'];
  const first = (await svfJson(run)) as Printed;
  const inner = document.edges.filter(({ singularVectors }) => singularVectors !== null);
  expect(first.rows.filter(({ control }) => control === null).map(({ edge }) => edge)).toEqual(
    inner.map(({ from, to, type, singularVectors }) => ({ from, to, type, singularVectors })),
  );
  expect(first.rows).toHaveLength(3 * inner.length);
  expect(first.summary).toMatchObject({ mode: 'local', boost: false, edges: inner.length, prompts: 1 });
  expect(first.summary.controls?.attentionDrop?.count).toBe(2 * inner.length);

  expect(first.together).toBeNull();

  const text = await inProcess([...run, '--boost']);
  expect(text).toMatchObject({ status: 0, stderr: '' });
  expect(text.stdout).toMatch(
    /^head .* attention before +attention after +logit before +logit after +norm ratio/,
  );
  expect(text.stdout).toMatch(/when this edge's signal alone is added .*Logit of "Kate"\.\n$/);
  expect(text.stdout).toMatch(/added +attention drop[\s\S]*identified signals[\s\S]*random singular vectors/);
  const csv = (await inProcess([...run, '--csv', '--edge', '3'])).stdout.trimEnd().split('\n');
  expect(csv[0]).toMatch(
    /^from,to,type,singularVectors,control,controlSingularVectors,mode,boost,attentionClean,/,
  );
});

it('removes all signals of a circuit at once: attention falls to near nothing, and random ones leave it', async () => {
  const file = join(temporaryFolder(), 'mary.json');
  const prompt = 'Then, Mary and John went to the park. Mary gave a ring to';
  await inProcessJson([
    'trace',
    '--model',
    'ioi-gpt2',
    '--prompt',
    prompt,
    '--answer',
    'John',
    '--save',
    file,
  ]);
  const run = ['intervene', '--circuit', file, '--together'];
  const printed = (await inProcessJson([...run, '--random', '2', '--seed', '3'])) as Printed;
  expect(printed).toMatchObject({ prompt, rows: [], summary: null });
  const [signals, ...controls] = printed.together ?? [];
  expect(signals).toMatchObject({ mode: 'local', boost: false, control: null, edges: 5 });
  expect(signals?.heads).toEqual([
    {
      node: [1, 2, 'to (1)', 'John'],
      attentionClean: signals?.attentionClean,
      attention: signals?.attention,
    },
  ]);
  expect(signals?.attentionClean).toBeGreaterThan(0.99);
  expect(signals?.attention).toBeLessThan(0.05);
  expect(controls.map(({ control, edges }) => [control, edges])).toEqual([
    [0, 5],
    [1, 5],
  ]);
  for (const { attention } of controls) expect(attention).toBeGreaterThan(0.99);

  const one = (await inProcessJson([...run, '--edge', '3', '--edge', '3'])) as Printed;
  const { rows } = (await inProcessJson(['intervene', '--circuit', file, '--edge', '3'])) as Printed;
  expect(one.together?.map(({ edges, attention }) => [edges, attention])).toEqual([[1, rows[0]?.attention]]);
});

it('prints what all edges do at once as text, head by head, and as a table of runs', async () => {
  const { file } = await tracedFile('tiny-gpt2');
  const run = ['intervene', '--circuit', file, '--together', '--random', '2', '--wrong', 'Anna'];
  const { status, stdout, stderr } = await inProcess(run);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^removed at once +edges +attention before +attention after +logit before +logit after\n/,
  );
  expect(stdout).toMatch(/\nidentified signals +39 +0\.981 +0\.0\d\d /);
  expect(stdout).toMatch(/\nrandom singular vectors, mean of 2 +39 +0\.981 +0\.98\d /);
  expect(stdout).toMatch(/\n2\.1 at "to \(1\)" to "Kate" +0\.991 +0\.0\d\d +0\.9[89]\d\n/);
  expect(stdout).toMatch(/mean over 4 attention weights .*; logit of "Kate" minus that of "Anna"\.\n$/);
  const csv = (await inProcess([...run, '--csv', '--boost', '--mode', 'global'])).stdout
    .trimEnd()
    .split('\n');
  expect(csv[0]).toBe(
    'mode,boost,control,edges,attentionClean,attention,logitDifferenceClean,logitDifference',
  );
  expect(csv.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual([
    'global,true,,38',
    'global,true,0,38',
    'global,true,1,38',
  ]);
});

it('has nothing to do at once for a circuit without edges', async () => {
  const { file, document } = await tracedFile('tiny-gpt2');
  writeFileSync(file, JSON.stringify({ ...document, edges: [] }));
  const { status, stdout } = await inProcess(['intervene', '--circuit', file, '--together', '--random', '1']);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: 'The circuit has no edge that can be intervened on.\n',
  });
});

it('refuses what is no circuit, is of another model, or has no such edge: status 2', async () => {
  const { file, document } = await tracedFile('tiny-gpt2');
  const written = (name: string, content: unknown) => {
    const path = join(file, '..', name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const other = { ...document, prompt: `${PROMPT} Kate` };
  const two = {
    ...document,
    objective: {
      ...document.objective,
      targets: [
        { id: 1, text: 'a' },
        { id: 2, text: 'b' },
      ],
    },
  };
  const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--circuit', 'none.json'], /`none\.json` cannot be read \(ENOENT\)/],
    [['--circuit', written('text.json', '{')], /holds no circuit/],
    [['--circuit', written('empty.json', { schemaVersion: 1 })], /holds no circuit \(model: /],
    [['--circuit', file, '--model', folderOf('tiny-neox')], /circuit is of another model/],
    [['--circuit', file, '--model', 'ioi-neox'], /circuit is of another model/],
    [['--circuit', written('other.json', other)], /circuit is of another prompt/],
    [['--circuit', file, '--edge', '999'], /no edge 999/],
    [['--circuit', file, '--edge', '0'], /into a root has no signal/],
    [['--circuit', file, '--together', '--edge', '0'], /into a root has no signal/],
    [['--circuit', file, '--wrong', 'Xyzzy'], /lacks the word "Xyzzy"/],
    [['--circuit', written('two.json', two)], /does not say which logit/],
    [['--circuit', file, '--random', '-1'], /whole number of at least 0/],
    [['--circuit', file, '--mode', 'both'], /local, global/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await refusal(['intervene', ...args]);
    expect(stderr).toMatch(message);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  }
});
