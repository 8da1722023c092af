import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtureModel, PROMPT } from './fixtureModel.ts';
import { refusal } from './refusal.ts';
import { temporaryFolder } from './svf.ts';

const GOOD = fixtureModel('tiny-gpt2');
const NEOX = fixtureModel('tiny-neox');
const WEIGHTS = readFileSync(join(GOOD, 'model.safetensors'));
const HEADER = Number(WEIGHTS.readBigUInt64LE());

/** Refused in two lines at most, the second what to do, and without a stack. */
async function refused(args: readonly string[], expected: number, message: RegExp): Promise<void> {
  const { status, stdout, stderr } = await refusal(args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  expect({ status, stdout }).toEqual({ status: expected, stdout: '' });
}

describe('a model that cannot be used', () => {
  /** The good one with some files changed, or, where that is null, left away. */
  function folderWith(changes: Readonly<Record<string, string | Uint8Array | null>>): string {
    const folder = temporaryFolder();
    for (const file of ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json']) {
      copyFileSync(join(GOOD, file), join(folder, file));
    }
    for (const [file, content] of Object.entries(changes)) {
      if (content === null) rmSync(join(folder, file));
      else writeFileSync(join(folder, file), content);
    }
    return folder;
  }

  function config(change: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
    const whole: unknown = JSON.parse(readFileSync(join(GOOD, 'config.json'), 'utf8'));
    return { 'config.json': JSON.stringify(Object.assign({}, whole, change)) };
  }

  /** Weights with another header of the same length. */
  function header(from: string, to: string): Readonly<Record<string, Uint8Array>> {
    const text = WEIGHTS.subarray(8, 8 + HEADER).toString();
    expect(text).toContain(from);
    expect(from).toHaveLength(to.length);
    const bytes = Buffer.from(WEIGHTS);
    bytes.write(text.replace(from, to), 8);
    return { 'model.safetensors': bytes };
  }

  /** Weights in which the first entry of a tensor is another. */
  function entry(tensor: string, value: number): Readonly<Record<string, Uint8Array>> {
    const tensors = JSON.parse(WEIGHTS.subarray(8, 8 + HEADER).toString());
    const bytes = Buffer.from(WEIGHTS);
    bytes.writeFloatLE(value, 8 + HEADER + tensors[tensor].data_offsets[0]);
    return { 'model.safetensors': bytes };
  }

  const hugeHeader = Buffer.from(WEIGHTS);
  hugeHeader.writeBigUInt64LE(2n ** 62n);
  const lfsPointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 848672\n`;
  const C_ATTN = 'transformer.h.1.attn.c_attn.weight';

  it.each([
    ['no config.json', { 'config.json': null }, /no config\.json.*\n.*folder/],
    ['a config.json that is no JSON', { 'config.json': '{' }, /config\.json is no JSON/],
    [
      'another family',
      config({ model_type: 'llama' }),
      /"llama", which is not supported.*\n.*gpt2, gpt_neox/,
    ],
    ['another activation', config({ activation_function: 'mish' }), /"mish", which is not supported/],
    ['more layers than weights', config({ n_layer: 5 }), /no tensor transformer\.h\.4\./],
    ['endless layers', config({ n_layer: 1e9 }), /`n_layer` of config\.json must be ≤ 4096/],
    ['other sizes', config({ n_embd: 32 }), /transformer\.wte\.weight has another shape/],
    ['a smaller vocabulary', config({ vocab_size: 50 }), /tokenizer has more tokens than the model/],
    ['no tokenizer.json', { 'tokenizer.json': null }, /no tokenizer\.json.*\n.*save_pretrained/],
    ['another tokenizer.json', { 'tokenizer.json': '<html>' }, /tokenizer\.json must be JSON/],
    ['no weights', { 'model.safetensors': null }, /no weights in /],
    ['weights of PyTorch', { 'model.safetensors': null, 'pytorch_model.bin': 'x' }, /only PyTorch \.bin/],
    ['empty weights', { 'model.safetensors': '' }, /ends within its first eight bytes/],
    ['weights cut short', { 'model.safetensors': WEIGHTS.subarray(0, 5e5) }, /beyond the end of the file/],
    [
      'an endless header',
      { 'model.safetensors': hugeHeader },
      /header claims to be 4611686018427387904 bytes/,
    ],
    ['a pointer of Git LFS', { 'model.safetensors': lfsPointer }, /pointer of Git LFS.*\n.*git lfs pull/],
    ['another shape', header('[192]', '[191]'), /has not the bytes its shape needs/],
    ['another type', header('"F32"', '"I32"'), /holds I32, which is not read/],
    ['NaN among the weights', entry(C_ATTN, Number.NaN), new RegExp(`${C_ATTN} holds NaN at \\[0, 0\\]`)],
  ] as const)('%s', async (_, changes, message) => {
    const folder = folderWith(changes);
    await refused(['heads', '--model', folder], 2, message);
  });

  it('weights that are not finite, where only the run meets them', async () => {
    const name = 'transformer.h.2.mlp.c_fc.weight';
    const run = ['--prompt', PROMPT, '--head', '3.1'];
    const nan = folderWith(entry(name, Number.NaN));
    await refused(['sad', '--model', nan, ...run], 2, new RegExp(`${name} holds NaN at`));
    // Finite in the file, and no longer after a product: the run could not be finished.
    const large = folderWith(entry(name, 3e38));
    await refused(['sad', '--model', large, ...run], 1, /is not finite for prompt 0\.\n.*too large/);
  });

  it('a prompt whose activations do not fit into the memory that is allowed', async () => {
    // Rotary positions go on beyond those of the training.
    const long = Object.assign(JSON.parse(readFileSync(join(NEOX, 'config.json'), 'utf8')), {
      max_position_embeddings: 1024,
    });
    const folder = temporaryFolder();
    cpSync(NEOX, folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), JSON.stringify(long));
    const run = ['--model', folder, '--prompt', 'Mary '.repeat(300), '--memory', '1'];
    await refused(['sad', ...run], 2, /301 tokens take \d+\.\d MiB, the limit is 1\.0 MiB\.\n.*--memory/);
  });

  it('one without BOS runs without, and says so where one was wanted', async () => {
    const tokenizer = '{"tokenizer_class":"PreTrainedTokenizerFast","unk_token":"<unk>"}';
    const folder = folderWith({ ...config({ bos_token_id: null }), 'tokenizer_config.json': tokenizer });
    const run = ['sad', '--model', folder, '--prompt', PROMPT, '--destination', '15'];
    const said = /^error: The prompt has no token 15\.\n/;
    await refused([...run, '--no-bos'], 2, said);
    const { stderr } = await refusal(run);
    expect(stderr.split('\n')[0]).toBe('warning: The tokenizer has no BOS: prompts are run without one.');
    expect(stderr.slice(stderr.indexOf('\n') + 1)).toMatch(said);
  });

  it.each([
    ['./none', /There is no folder \.\/none/],
    ['my model', /'my model' is no model\.\n.*ioi-gpt2, ioi-neox/],
    [`${GOOD}@main`, /tiny-gpt2 is a folder, which has no revisions\.\n.*@main away/],
    ['ioi-neox@step7', /no revision step7\.\n.*svf model list/],
    [
      join(GOOD, 'model.safetensors'),
      /is a file, not the folder of a model\.\n.*in which model\.safetensors lies/,
    ],
  ])('%s', async (model, message) => {
    await refused(['heads', '--model', model], 2, message);
  });
});

describe('what is asked of a model', () => {
  const SAD = ['sad', '--model', GOOD];
  const cases: readonly (readonly [args: string, message: RegExp])[] = [
    ['', /There is no prompt\.\n.*--prompt TEXT, --prompts FILE or --generate/],
    ['--count 3', /--count goes with --generate/],
    ['--prompt x --generate ioi', /'--prompt <text>' cannot be used with option '--generate <task>'/],
    ['--prompt x --prompts y', /'--prompt <text>' cannot be used with option '--prompts <file>'/],
    ['--prompts y --generate ioi', /'--generate <task>' cannot be used with option '--prompts <file>'/],
    ['--generate rhymes', /'rhymes' is invalid.*ioi, greater-than/],
    ['--generate greater-than', /vocabulary cannot say greater-than prompts/],
    ['--generate ioi --count 0', /'0' is invalid/],
    ['--generate ioi --count 100000001', /at least 1, at most 100000/],
    ['--generate ioi --count 1000 --json', /more than 833333 rows.*\n.*--firing/],
    ['--generate ioi --count 400 --csv --terms', /more than 357142 rows/],
    ['--prompts none.txt', /There is no file none\.txt/],
    ['--prompts words.txt', /Line 3 of .*words\.txt: .*lacks the word "Zork"/],
    ['--prompts long.txt', /Line 1 of .*long\.txt: The prompt has 71 tokens, more than .* 64\.\n/],
    ['--prompts blank.txt', /holds no prompt/],
    ['--prompt Mary --head 9.99', /There is no layer 9\.\n.*up to 3/],
    ['--prompt Mary --head 3.9', /There is no head 9\.\n.*up to 3/],
    ['--prompt Mary --head x', /'x' is invalid\. A head is written LAYER\.HEAD/],
    ['--prompt Mary --layer 7', /unknown option '--layer'/],
    ['--prompt Mary --destination 2', /no token 2\.\n.*2 tokens, from 0 to 1/],
    ['--prompt Mary --destination 0', /'0' is invalid/],
    ['--prompt Mary --source 2', /no token 2\./],
    ['--prompt Mary,and --destination 1 --source 2', /Token 1 does not attend to token 2/],
    ['--prompt Mary --control shuffled', /'shuffled' is invalid.*rotated, same-omega/],
    ['--prompt Mary --memory 0', /'0' is invalid/],
    ['--prompt Mary --provider tpu', /'tpu' is invalid.*cpu, webgpu, cuda/],
    ['--prompt Mary --threads 0', /'0' is invalid/],
    ['--prompt Mary --threads 100000', /'100000' is invalid.*at most 256/],
    ['--prompt Mary --control rotated --control-seeds 1000000000', /is invalid.*at most 1000/],
    ['--prompt Mary --json --csv', /'--json' cannot be used with option '--csv'/],
  ];

  it.each(cases)('svf sad %s', async (options, message) => {
    const folder = temporaryFolder();
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('words.txt', `${PROMPT}\n\nThen , Mary and Zork went\n`);
    write('long.txt', 'Mary '.repeat(70));
    write('blank.txt', '\n \n');
    const args = options
      .split(' ')
      .filter(Boolean)
      .map((word) =>
        /^(?:words|long|blank)\.txt$/.test(word) ? join(folder, word) : word.replace(',', ' '),
      );
    await refused([...SAD, ...args], 2, message);
  });

  it.each([
    ['sinks', /There is no prompt\.\n(?!.*--prompt TEXT).*--prompts FILE or --generate/],
    ['interpret', /There is no prompt\.\n(?!.*--prompt TEXT).*--prompts FILE or --generate/],
    ['trace', /There is no prompt\.\n.*--prompt TEXT, --prompts FILE or --generate/],
    ['sinks --prompts p --count 3', /--count goes with --generate/],
    ['checkpoints --prompts p --count 3', /--count goes with --generate/],
  ])('svf %s: the remedy names only options that the command has', async (command, message) => {
    await refused([...command.split(' '), '--model', GOOD], 2, message);
  });

  it.each([
    ['', /holds no token/],
    ['   ', /holds no token/],
    ['Mary zork foo', /lacks the words "zork", "foo"\.\n.*103 words/],
    ['Then, Mary', /lacks the word "Then,"\.\n.*"Then ,"/],
    ['Mary '.repeat(70), /71 tokens, more than the model's context of 64/],
  ])('svf sad --prompt %j', async (prompt, message) => {
    await refused([...SAD, '--prompt', prompt], 2, message);
  });

  it.each([
    ['--layer 7', /There is no layer 7\.\n.*up to 3/],
    ['--head 9', /There is no head 9\./],
    ['--head 3.1', /--layer 3 --head 1/],
  ])('svf heads %s', async (options, message) => {
    await refused(['heads', '--model', GOOD, ...options.split(' ')], 2, message);
  });
});
