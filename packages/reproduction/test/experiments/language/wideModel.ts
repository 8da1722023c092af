import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureModel } from './fixtureModel.ts';

const WIDTH = 1024;

/** Writes a model of one layer with 16 heads of 1024 × 64, all weights 0: of the size of a real one, with nearly no bytes on the disk. */
export function writeWideModel(folder: string): void {
  const tiny = fixtureModel('tiny-gpt2');
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(tiny, name), join(folder, name));
  const config = JSON.parse(readFileSync(join(tiny, 'config.json'), 'utf8'));
  const sizes = { n_embd: WIDTH, n_layer: 1, n_head: 16, n_inner: 4 };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...sizes }));
  const layer = 'transformer.h.0';
  const shapes: Readonly<Record<string, readonly number[]>> = {
    'transformer.wte.weight': [config.vocab_size, WIDTH],
    'transformer.wpe.weight': [config.n_positions, WIDTH],
    ...norm(`${layer}.ln_1`),
    ...linear(`${layer}.attn.c_attn`, WIDTH, 3 * WIDTH),
    ...linear(`${layer}.attn.c_proj`, WIDTH, WIDTH),
    ...norm(`${layer}.ln_2`),
    ...linear(`${layer}.mlp.c_fc`, WIDTH, sizes.n_inner),
    ...linear(`${layer}.mlp.c_proj`, sizes.n_inner, WIDTH),
    ...norm('transformer.ln_f'),
  };
  let end = 0;
  const tensors = Object.entries(shapes).map(([name, shape]) => {
    const begin = end;
    end += 2 * shape.reduce((size, dimension) => size * dimension, 1);
    return [name, { dtype: 'F16', shape, data_offsets: [begin, end] }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(tensors)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = join(folder, 'model.safetensors');
  writeFileSync(file, Buffer.concat([length, header]));
  truncateSync(file, length.length + header.length + end);
}

function norm(name: string) {
  return { [`${name}.weight`]: [WIDTH], [`${name}.bias`]: [WIDTH] };
}

function linear(name: string, inputs: number, outputs: number) {
  return { [`${name}.weight`]: [inputs, outputs], [`${name}.bias`]: [outputs] };
}
