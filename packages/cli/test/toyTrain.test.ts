import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@svf-alignment/core/safetensors';
import { describe, expect, it } from 'vitest';
import { svf, svfJson, temporaryFolder } from './svf.ts';

const number = expect.any(Number);
const train = (options: string) => ['toy', 'train', ...options.split(' ')];

describe('svf toy train', () => {
  it('prints the report that the contract names', async () => {
    const report = await svfJson(train('--preset default --seed 7 --steps 1500'));
    expect(report).toMatchObject({
      config: { features: 20, dimension: 10, headDimension: 10, keys: 4, seed: 7, steps: 1500 },
      seed: 7,
      steps: 1500,
      engine: 'wasm',
      millisecondsPerStep: number,
      loss: { total: number, reconstruction: number, attention: number, klDivergence: number },
      singularValues: Array.from({ length: 10 }, () => number),
      alignment: { mean: number, meanMax: number, meanMatched: number },
    });
    const pair = { singularVector: number, queryCosine: number, keyCosine: number };
    expect(report).toHaveProperty(
      'alignment.pairs',
      [24, 21, 18, 15].map((target, k) => ({ ...pair, query: k, key: k + 4, target })),
    );
  });

  it('prints the pairs as CSV', async () => {
    const { stdout } = await svf(train('--steps 10 --csv'));
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('query,key,target,singularVector,queryCosine,keyCosine');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join())).toEqual([
      '0,4,24',
      '1,5,21',
      '2,6,18',
      '3,7,15',
    ]);
  });

  it('prints a table for people, and no progress where stderr is no terminal', async () => {
    const { status, stdout, stderr } = await svf(train('--steps 10'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/query +key +target +singular value/);
    expect(stdout).toMatch(/ms per step/);
  });

  it('trains a model without a head', async () => {
    const report = await svfJson(train('--preset no-attention --steps 10'));
    expect(report).toMatchObject({ singularValues: [], alignment: { mean: null, pairs: [] } });
  });

  it('lets preset, file, --set and --steps override each other in this order', async () => {
    const folder = temporaryFolder();
    const file = { featureProbability: 0.3, keys: 8, batchKeys: 64, steps: 70, seed: 3 };
    writeFileSync(join(folder, 'config.json'), JSON.stringify(file));
    const options =
      '--preset single-pair --config config.json --set keys=2 --set steps=60 --steps 50 --seed 5';
    expect(await svfJson(train(options), folder)).toMatchObject({
      config: {
        targets: [{ query: 0, key: 1, target: 10 }],
        featureProbability: 0.3,
        keys: 2,
        steps: 50,
        seed: 5,
      },
    });
  });

  it('trains with the reference engine to nearly the same', async () => {
    const options = '--steps 10 --set batchKeys=64';
    const [wasm, reference] = [
      await svfJson(train(options)),
      await svfJson(train(`${options} --engine reference`)),
    ] as { engine: string; singularValues: number[] }[];
    expect(reference?.engine).toBe('reference');
    wasm?.singularValues.forEach((value, k) => {
      expect(value).toBeCloseTo(reference?.singularValues[k] ?? Number.NaN, 4);
    });
  });

  it('writes the model and the report with --out, and nothing else', async () => {
    const folder = temporaryFolder();
    const report = await svfJson(train('--steps 10 --out model/new'), folder);
    expect(readdirSync(join(folder, 'model/new')).sort()).toEqual(['model.safetensors', 'report.json']);
    expect(JSON.parse(readFileSync(join(folder, 'model/new/report.json'), 'utf8'))).toEqual(report);
    const { tensors } = decodeSafetensors(readFileSync(join(folder, 'model/new/model.safetensors')));
    expect(Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape]))).toEqual({
      W: [10, 20],
      b: [20],
      A: [10, 10],
      B: [10, 10],
    });
  });
});
