import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { refusal } from './refusal.ts';
import { svf, svfJson, temporaryFolder } from './svf.ts';

interface Printed {
  readonly prompts: number;
  readonly interpreter: Readonly<Record<string, unknown>>;
  readonly signals: readonly {
    readonly layer: number;
    readonly head: number;
    readonly side: 'd' | 's';
    readonly singularVectors: readonly number[];
    readonly interpretation: string;
    readonly precision: number;
    readonly recall: number;
    readonly p: number;
    readonly q: number;
    readonly significant: boolean;
  }[];
  readonly significantShare: number;
  readonly pages?: readonly string[];
}

const generated = ['--model', 'ioi-gpt2', '--generate', 'ioi', '--count', '60', '--contexts', '24'];

it('interprets the signals that circuits use, and tells them on the pages of these', async () => {
  const folder = temporaryFolder();
  const printed = (await svfJson(
    ['interpret', ...generated, '--signals', '3', '--trace', '4', '--out', 'p'],
    folder,
  )) as Printed;
  const names = [1, 2, 3, 4].map((number) => `circuit-0000${number}.html`);
  expect(printed.pages).toEqual(names.map((name) => join('p', name)));
  expect(readdirSync(join(folder, 'p')).sort()).toEqual(names);
  expect(printed.interpreter).toEqual({ kind: 'lexical' });
  expect(printed.signals).toHaveLength(3);
  for (const {
    side,
    singularVectors,
    interpretation,
    precision,
    recall,
    p,
    q,
    significant,
  } of printed.signals) {
    expect(side).toMatch(/^[ds]$/);
    expect(singularVectors.length).toBeGreaterThan(0);
    expect(interpretation).toMatch(/^(the )?(source|destination) /);
    for (const share of [precision, recall, p, q]) expect(share).toBeGreaterThanOrEqual(0);
    expect(q).toBeGreaterThanOrEqual(p);
    expect(significant).toBe(q <= 0.05);
  }
  const passed = printed.signals.filter(({ significant }) => significant).length;
  expect(printed.significantShare).toBe(passed / 3);
});

it('takes signals from a circuit, a corpus from a file, and prints a table', async () => {
  const folder = temporaryFolder();
  const prompt = 'Then, Mary and John went to the park. Mary gave a ring to';
  const traced = await svf(['trace', '--model', 'ioi-gpt2', '--prompt', prompt, '--save', 'c.json'], folder);
  expect(traced.status).toBe(0);
  const names = ['Mary', 'John', 'Kate', 'Paul', 'Emma'];
  const texts = names.flatMap((a) =>
    names.filter((b) => b !== a).map((b) => `Then, ${a} and ${b} went to the park. ${a} gave a ring to`),
  );
  // Said twice, which counts once.
  writeFileSync(join(folder, 'corpus.txt'), [...texts, ...texts].join('\n'));
  const options = [
    '--model',
    'ioi-gpt2',
    '--prompts',
    'corpus.txt',
    '--circuit',
    'c.json',
    '--contexts',
    '10',
  ];
  const { prompts, signals } = (await svfJson(['interpret', ...options], folder)) as Printed;
  expect(prompts).toBe(20);
  const { status, stdout, stderr } = await svf(['interpret', ...options], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(signals[0].interpretation);
  expect(stdout).toMatch(new RegExp(`of ${signals.length} signals, \\d+ %`));

  const paged = await svf(['interpret', ...options, '--circuit', 'c.json', '--out', 'pages'], folder);
  expect(paged.stdout).toContain('pages/c.html, pages/c-2.html');
  const page = readFileSync(join(folder, 'pages', 'c.html'), 'utf8');
  expect(page).toContain(`${signals[0].interpretation} (precision`);
  expect(page).toContain('"Interpretations","lexical, on ');

  const csv = await svf(['interpret', ...options, '--csv'], folder);
  expect(csv.stdout.trimEnd().split('\n')).toHaveLength(1 + signals.length);
});

it('asks an endpoint, says beforehand how often, records how, and asks the same only once', async () => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
  vi.stubEnv('SVF_LLM_KEY', 'secret');
  onTestFinished(() => void vi.unstubAllEnvs());
  let requests = 0;
  const keys = new Set<unknown>();
  const server = createServer((request, response) => {
    requests += 1;
    keys.add(request.headers.authorization);
    request.resume().on('end', () => {
      // A fake that knows nothing: whatever it says must not come out as a result of anything but itself.
      const content = '{"interpretation": "nothing, this is a fake", "matches": [1]}';
      if (requests === 1) response.writeHead(429).end();
      else response.end(JSON.stringify({ choices: [{ message: { content } }] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const run = [
    'interpret',
    ...generated,
    '--signals',
    '1',
    '--trace',
    '2',
    '--llm',
    url,
    '--llm-model',
    'fake',
    '--json',
  ];
  const { status, stdout, stderr } = await svf(run);
  expect(status).toBe(0);
  const calls = Number(/^(\d+) calls to fake, about \d[\d ]* tokens/.exec(stderr)?.[1]);
  expect(requests).toBe(calls + 1);
  expect(keys).toEqual(new Set(['Bearer secret']));
  const printed = JSON.parse(stdout) as Printed;
  expect(printed.interpreter).toMatchObject({
    kind: 'endpoint',
    url,
    model: 'fake',
    temperature: 0,
    requests,
    cached: 0,
  });
  expect(printed.signals[0]).toMatchObject({ interpretation: 'nothing, this is a fake' });
  expect(stdout).not.toContain('secret');
  const again = await svf(run);
  expect(requests).toBe(calls + 1);
  expect(JSON.parse(again.stdout).signals).toEqual(printed.signals);
});

it.each<readonly [string, readonly string[], RegExp]>([
  ['an endpoint without a model', [...generated, '--llm', 'http://localhost/v1'], /go together/],
  ['an address that is none', [...generated, '--llm', 'localhost', '--llm-model', 'x'], /no address/],
  ['no corpus', ['--model', 'ioi-gpt2'], /no prompt/],
  ['a circuit that is none', [...generated, '--circuit', 'none.json'], /cannot be read/],
  ['a single prompt', ['--model', 'ioi-gpt2', '--generate', 'ioi', '--count', '1'], /too few contexts/],
  ['a temperature that is none', [...generated, '--llm-temperature', 'hot'], /from 0 to 2/],
])('refuses %s', async (_, options, message) => {
  const { status, stdout, stderr } = await refusal(['interpret', ...options]);
  expect(stderr).toMatch(message);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});
