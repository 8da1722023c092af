import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeSafetensors } from '@svf-alignment/core/safetensors';
import type { ExperimentRun } from '../lab/experimentRun.ts';
import type { Tensor } from '../lab/result.ts';
import { writeWhole } from './writeWhole.ts';

type Finished = Extract<ExperimentRun, { status: 'finished' }>;

/**
 * Writes what an experiment measured: `results/<id>.json` with every task's config and values, and, where there are
 * arrays, `results/<id>.safetensors` with tensor `<task>.<name>` for task 0, 1, ….
 *
 * @returns the names of the files in `results/`
 */
export async function writeResults(folder: string, run: Finished): Promise<string[]> {
  const { experiment, outcomes, keys, claims } = run;
  const directory = join(folder, 'results');
  await mkdir(directory, { recursive: true });
  const tensors: Record<string, Tensor> = {};
  const tasks = outcomes.map(({ config, result }, task) => {
    const names = Object.keys(result.tensors);
    for (const [name, tensor] of Object.entries(result.tensors)) tensors[`${task}.${name}`] = tensor;
    return {
      key: keys[task],
      config,
      values: result.values,
      tensors: names.map((name) => `${task}.${name}`),
    };
  });
  const { id, title, version } = experiment;
  const names = [`${id}.json`];
  const text = JSON.stringify({ id, title, version, claims, tasks }, null, 2);
  await writeWhole(join(directory, `${id}.json`), `${text}\n`);
  if (Object.keys(tensors).length > 0) {
    names.push(`${id}.safetensors`);
    await writeWhole(join(directory, `${id}.safetensors`), encodeSafetensors(tensors));
  }
  return names;
}
