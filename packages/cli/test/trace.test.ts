import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CircuitDocument, circuitDocumentSchema } from '@svf-alignment/circuits';
import { encodeSafetensors } from '@svf-alignment/core/safetensors';
import { describe, expect, it } from 'vitest';
import { inProcess, inProcessJson } from './inProcess.ts';
import { refusal } from './refusal.ts';
import { svf, svfJson, temporaryFolder } from './svf.ts';

const PROMPT = 'Then , Kate and Anna went to the market . Anna gave a cake to';

interface GoldenGraph {
  readonly text: string;
  readonly args: { readonly answer_token: string; readonly wrong_token?: string };
  readonly graph: {
    readonly nodes: readonly { readonly node: unknown; readonly attn_weight?: number }[];
    readonly edges: CircuitDocument['edges'];
  };
}

function model(name: 'tiny-gpt2' | 'tiny-neox'): string {
  return fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
}

function golden(name: 'tiny-gpt2' | 'tiny-neox', file: string): readonly GoldenGraph[] {
  return JSON.parse(readFileSync(join(model(name), `${file}.json`), 'utf8'));
}

const key = ({ from, to, type }: Pick<CircuitDocument['edges'][number], 'from' | 'to' | 'type'>) =>
  JSON.stringify([from, to, type]);

describe.each(['tiny-gpt2', 'tiny-neox'] as const)('svf trace on %s', (name) => {
  it.each([
    ['graph_prob', 0, 'double', 1e-9],
    ['graph_linear', 1, 'single', 1e-4],
  ] as const)(
    '%s %i, %s precision: the golden circuit within %f',
    async (file, prompt, precision, tolerance) => {
      const { text, args, graph } = golden(name, file)[prompt];
      const { answer_token: answer, wrong_token: wrong } = args;
      const linear = wrong === undefined ? [] : ['--seeding', 'linear', '--wrong', wrong];
      const options = ['--model', model(name), '--prompt', text, '--precision', precision];
      const command = ['trace', ...options, '--answer', answer, ...linear];
      const printed = await (precision === 'double' ? svfJson(command) : inProcessJson(command));
      const document = circuitDocumentSchema.parse(printed);
      expect(document).toEqual(printed);
      expect(document).toMatchObject({
        schemaVersion: 1,
        prompt: text,
        warnings: [],
        model: { name: model(name) },
      });

      const edges = new Map(document.edges.map((edge) => [key(edge), edge]));
      expect(edges.size).toBe(document.edges.length);
      expect([...edges.keys()].sort()).toEqual(graph.edges.map(key).sort());
      for (const edge of graph.edges) {
        expect(edges.get(key(edge))?.singularVectors).toEqual(edge.singularVectors);
        expect(Math.abs(Number(edges.get(key(edge))?.weight) - edge.weight)).toBeLessThan(tolerance);
      }
      const attention = new Map(document.nodes.map((own) => [JSON.stringify(own.node), own.attention]));
      expect([...attention.keys()].sort()).toEqual(
        graph.nodes.map(({ node }) => JSON.stringify(node)).sort(),
      );
      for (const { node, attn_weight } of graph.nodes) {
        if (attn_weight === undefined) continue;
        expect(Math.abs(Number(attention.get(JSON.stringify(node))) - attn_weight)).toBeLessThan(tolerance);
      }
    },
  );
});

const TINY = ['--model', model('tiny-gpt2'), '--prompt', PROMPT, '--threads', '1'];

it('explains what the options say, with roots named as the contract has them', async () => {
  const roots = async (...options: string[]) => {
    const document = circuitDocumentSchema.parse(await inProcessJson(['trace', ...TINY, ...options]));
    const { node: first } = document.nodes.find(({ node }) => node.length === 2) ?? {};
    const names = document.nodes.flatMap(({ node }) => (node.length === 2 ? [node] : []));
    expect(first?.[1]).toBe('to (1)');
    return names.map(([label]) => label);
  };
  const likeliest = await roots();
  const second = await roots('--top-k', '2');
  const linear = await roots('--seeding', 'linear', '--answer', '#61');
  const several = await roots('--seeding', 'linear', '--answer', 'Kate', '--answer', 'Anna', '--no-bos');
  expect(likeliest).toEqual(["Prob 'Kate'"]);
  expect(second).toEqual([expect.stringMatching(/^Prob \{'Kate', '.+'\}$/)]);
  expect(linear).toEqual(['Logit direction']);
  expect(several).toEqual(["Logit 'Kate'", "Logit 'Anna'"].filter((label) => several.includes(label)));
  expect(several.length).toBeGreaterThan(0);
});

it('names the weight of what writes the output by the objective', async () => {
  const text = async (...options: string[]) => (await inProcess(['trace', ...TINY, ...options])).stdout;
  const linear = ['--seeding', 'linear', '--answer', 'Kate'];
  expect(await text(...linear)).toMatch(/attention +share of logit\n/);
  expect(await text(...linear, '--wrong', 'Anna')).toMatch(/attention +share of logit difference\n/);
});

it('reads a probe direction from a file', async () => {
  const folder = temporaryFolder();
  const direction = Float64Array.from({ length: 64 }, (_, i) => -Math.sin(i));
  const file = (name: string, shape: number[], data = direction) => {
    writeFileSync(join(folder, name), encodeSafetensors({ probe: { shape, data } }));
    return join(folder, name);
  };
  const probe = ['--probe', file('probe.safetensors', [64]), '--layer', '2'];
  const document = circuitDocumentSchema.parse(await inProcessJson(['trace', ...TINY, ...probe]));
  expect(document.objective).toEqual({ seeding: 'probe', layer: 2 });
  expect((await inProcess(['trace', ...TINY, ...probe])).stdout).toMatch(/attention +share of projection\n/);
  const short = file('short.safetensors', [8], direction.slice(0, 8));
  const refused = await refusal(['trace', ...TINY, '--probe', short, '--layer', '2']);
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/64 finite numbers/) });
  const high = await refusal(['trace', ...TINY, ...probe.slice(0, 3), '4']);
  expect(high).toMatchObject({ status: 2, stderr: expect.stringMatching(/integer in \[0, 3\]/) });
});

it('writes the circuit in every format, whole, in folders that it makes', async () => {
  const folder = temporaryFolder();
  const files = ['c.json', 'c.attribution.json', 'deep/down/c.graphml', 'c.html'];
  const saves = files.flatMap((file) => ['--save', file]);
  const printed = await svf(['trace', ...TINY, '--answer', 'Kate', ...saves, '--out', 'more'], folder);
  expect(printed).toMatchObject({ status: 0, stderr: '' });
  expect(printed.stdout).toContain('probability of "Kate"');
  expect(printed.stdout).toContain("Prob 'Kate'");
  expect(printed.stdout).toMatch(/written by +attention +integrated gradient of log-probability\n/);
  expect(printed.stdout).toMatch(/\nAttention drop: .*after those removed before \(`svf intervene`/);
  expect(printed.stdout).toMatch(/written +c\.json, .*c\.html/);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const document = circuitDocumentSchema.parse(JSON.parse(read('c.json')));
  expect(read('more/circuit-00001.json')).toBe(read('c.json'));
  expect(JSON.parse(read('c.attribution.json'))).toMatchObject({
    metadata: { prompt: PROMPT },
    nodes: expect.objectContaining({ length: document.nodes.length }),
  });
  expect(read('deep/down/c.graphml')).toMatch(/<graphml[\s\S]*<\/graphml>/);
  expect(read('c.html')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(folder).sort()).toEqual(['c.attribution.json', 'c.html', 'c.json', 'deep', 'more']);
  const lines = (await inProcess(['trace', ...TINY, '--answer', 'Kate', '--csv'])).stdout
    .trimEnd()
    .split('\n');
  expect(lines[0]).toMatch(/^fromLayer,fromComponent,.*,type,singularVectors,weight$/);
  expect(lines).toHaveLength(1 + document.edges.length);
});

it('an objective that nothing supports has an empty circuit and a warning', async () => {
  const options = [...TINY, '--seeding', 'linear', '--answer', 'cake', '--wrong', 'Kate'];
  const { status, stdout, stderr } = await inProcess(['trace', ...options, '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    nodes: [],
    edges: [],
    warnings: [{ code: 'no-positive-total', path: ['Logit direction'] }],
  });
  expect(stderr).toMatch(/^warning: .* \(Logit direction\)\n$/);
  expect((await inProcess(['trace', ...options, '--quiet'])).stderr).toBe('');
  const contrast = await inProcess(['trace', ...TINY, '--answer', 'Kate', '--wrong', 'Anna']);
  expect(contrast).toMatchObject({ status: 0, stderr: expect.stringMatching(/--wrong plays no part/) });
});

it('traces many prompts into a folder, in workers, and does not trace again what is there', async () => {
  const folder = temporaryFolder();
  const lines = [
    { text: PROMPT, answer: 'Kate', wrong: 'Anna' },
    { text: 'Then , Anna and Kate went to the market . Anna gave a cake to', answer: 'Anna' },
    { text: 'Then Kate' },
  ];
  writeFileSync(join(folder, 'prompts.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const options = [
    '--model',
    model('tiny-gpt2'),
    '--prompts',
    'prompts.jsonl',
    '--out',
    'many',
    '--workers',
    '1',
  ];
  const many = ['trace', ...options, '--interventions', '2', '--quiet'];
  const first = await svfJson(many, folder);
  expect(first).toMatchObject({
    prompts: 3,
    right: { prompts: 2, right: 1, share: 0.5 },
    edges: { mean: expect.any(Number), median: expect.any(Number) },
    singularVectors: { median: 1, one: expect.any(Number) },
    interventions: { mode: 'local', boost: false, controls: expect.any(Object) },
    circuits: lines.map(({ text }, i) => ({ file: `circuit-0000${i + 1}.json`, prompt: text })),
    out: 'many',
  });
  const { out: _, ...summary } = first as Record<string, unknown>;
  expect(JSON.parse(readFileSync(join(folder, 'many/summary.json'), 'utf8'))).toEqual(summary);
  const own = JSON.parse(readFileSync(join(folder, 'many/circuit-00001.json'), 'utf8'));
  expect(own).toEqual(await svfJson(['trace', ...TINY, '--answer', 'Kate']));

  const again = await svf(many, folder);
  expect(again.stdout).toContain('1 of 2 prompts');
  expect(again.stdout).toMatch(/identified signals +[\d.]+/);
  const csv = await svf([...many, '--csv'], folder);
  expect(csv.stdout.split('\n')[0]).toBe('file,prompt,right,nodes,edges,firings,singularVectors,warnings');
});

const MARY = ['trace', '--model', 'ioi-neox', '--prompt', 'Mary', '--threads', '1'];

describe('svf trace refuses, with status 2 and a line or two on stderr', () => {
  const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[...MARY, '--answer', 'Mary John'], /"Mary John" is several tokens/],
    [[...MARY, '--answer', 'Xyzzy'], /lacks the word "Xyzzy"/],
    [[...MARY, '--answer', '#9999'], /no token 9999/],
    [['trace', '--model', 'ioi-neox', '--prompt', ' '], /holds no token/],
    [
      ['trace', '--model', 'ioi-neox', '--prompt', 'Mary '.repeat(64)],
      /longer than the model's context of 64/,
    ],
    [[...MARY, '--tau', '0'], /'0' is invalid\. It must be a number above 0, at most 1/],
    [[...MARY, '--ig-steps', '0'], /whole number of at least 1/],
    [[...MARY, '--threshold', '1.5'], /`dynamic` or a number from 0 to 1/],
    [[...MARY, '--top-k', '0'], /whole number of at least 1/],
    [[...MARY, '--top-k', '143'], /integer in \[1, 142\]/],
    [[...MARY, '--top-p', '0'], /above 0, at most 1/],
    [[...MARY, '--top-k', '2', '--seeding', 'linear'], /--top-k goes with --seeding prob/],
    [[...MARY, '--top-k', '2', '--answer', 'Mary'], /cannot be used with/],
    [[...MARY, '--answer', 'Mary', '--answer', 'Mary'], /named twice/],
    [[...MARY, '--probe', 'none.safetensors'], /--probe needs --layer/],
    [
      [...MARY, '--probe', 'none.safetensors', '--layer', '1'],
      /`none\.safetensors` cannot be read \(ENOENT\)/,
    ],
    [[...MARY, '--probe', join(model('tiny-gpt2'), 'model.safetensors'), '--layer', '1'], /holds 52 tensors/],
    [[...MARY, '--probe', join(model('tiny-gpt2'), 'config.json'), '--layer', '1'], /header/],
    [[...MARY, '--layer', '1'], /--layer goes with --probe/],
    [[...MARY, '--save', 'circuit.txt'], /must end in \.json/],
    [
      [...MARY, '--save', `${join(model('tiny-gpt2'), 'config.json')}/c.html`],
      /cannot be used as output folder/,
    ],
    [['trace', '--model', 'ioi-neox'], /There is no prompt/],
    [[...MARY, '--count', '3'], /--count goes with --generate/],
    [['trace', '--model', 'ioi-neox', '--generate', 'ioi', '--save', 'c.json'], /--save goes with --prompt/],
    [['trace', '--model', 'ioi-neox', '--generate', 'greater-than'], /cannot say greater-than prompts/],
  ];

  it.each(cases)('%j', async (args, message) => {
    const { status, stdout, stderr } = await refusal(args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('says which of many prompts it is, before any is traced', async () => {
    const folder = temporaryFolder();
    const [file, out] = [join(folder, 'prompts.txt'), join(folder, 'circuits')];
    writeFileSync(file, 'Then Mary\nThen Xyzzy\n');
    const refused = await refusal(['trace', '--model', 'ioi-neox', '--prompts', file, '--out', out]);
    expect(refused).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/Prompt 2: .*lacks the word "Xyzzy"/),
    });
    expect(existsSync(out)).toBe(false);
  });
});

it('a file that cannot be written is an error before anything is traced, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'c.json'));
  const { status, stderr } = await inProcess(['trace', ...TINY, '--save', join(folder, 'c.json')]);
  expect(stderr).toMatch(/c\.json` cannot be written: it is a folder\.\nName another file\./);
  expect(status).toBe(2);
  expect(readdirSync(folder)).toEqual(['c.json']);
});
