import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixtureModel, PROMPT } from './fixtureModel.ts';
import { svf, svfJson, temporaryFolder } from './svf.ts';

it.each(['tiny-gpt2', 'tiny-neox'] as const)(
  'svf model check: on %s processing keeps next-token probabilities to float32',
  async (name) => {
    const model = fixtureModel(name);
    const { maximumProbabilityDifference, ...rest } = (await svfJson(['model', 'check', model])) as {
      maximumProbabilityDifference: number;
    };
    expect(rest).toEqual({
      model,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      prompts: 4,
      tolerance: 1e-5,
      ok: true,
    });
    // Two programs and two precisions do not agree by chance to the last digit.
    expect(maximumProbabilityDifference).toBeGreaterThan(1e-12);
    expect(maximumProbabilityDifference).toBeLessThan(1e-6);
  },
);

it('svf model check runs the prompt that it is given', async () => {
  const { status, stdout, stderr } = await svf([
    ...['model', 'check', fixtureModel('tiny-gpt2'), '--prompt', PROMPT],
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^prompts +1$/m);
  expect(stdout).toMatch(/^difference +\d.*e-\d+$/m);
});

function copied(): string {
  const folder = temporaryFolder();
  cpSync(fixtureModel('tiny-gpt2'), folder, { recursive: true });
  return folder;
}

it('svf model check runs tokens from all over a vocabulary that lacks the words of prompts', async () => {
  const folder = copied();
  const file = join(folder, 'tokenizer.json');
  const tokenizer = JSON.parse(readFileSync(file, 'utf8'));
  const words = Object.entries<number>(tokenizer.model.vocab);
  tokenizer.model.vocab = Object.fromEntries(words.map(([word, id]) => [id < 3 ? word : `w${id}`, id]));
  writeFileSync(file, JSON.stringify(tokenizer));
  expect(await svfJson(['model', 'check', folder])).toMatchObject({ prompts: 1, ok: true });
});

it('svf model check sees where float32 does not hold what processing takes away, and ends with 1', async () => {
  const folder = copied();
  const file = join(folder, 'model.safetensors');
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.subarray(8, start).toString());
  const [from, to] = header['transformer.wpe.weight'].data_offsets;
  // A constant in every entry: the norms take it away, in float64 without a trace.
  for (let at = start + from; at < start + to; at += 4) bytes.writeFloatLE(bytes.readFloatLE(at) + 3e5, at);
  writeFileSync(file, bytes);
  const [json, text] = await Promise.all([
    svf(['model', 'check', folder, '--json']),
    svf(['model', 'check', folder]),
  ]);
  expect({ status: json.status, stderr: json.stderr }).toEqual({ status: 1, stderr: '' });
  const { maximumProbabilityDifference, ok } = JSON.parse(json.stdout);
  expect(maximumProbabilityDifference).toBeGreaterThan(1e-5);
  expect(ok).toBe(false);
  expect(text.status).toBe(1);
  expect(text.stdout).toContain('above 1e-5');
});
