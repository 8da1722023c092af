import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseToyConfig, type ToyConfigInput } from '@svf-alignment/toy';
import { referenceEngine } from '@svf-alignment/toy/engines/reference';
import { wasmEngine } from '@svf-alignment/toy/engines/wasm';
import { describe, expect, it } from 'vitest';
import { type FolderTrainingOptions, trainInFolder } from '../../src/reproduce/trainInFolder.ts';
import { temporaryFolder } from '../lab/temporaryFolder.ts';

const config = (changes: ToyConfigInput = {}) => parseToyConfig({ batchKeys: 32, steps: 400, ...changes });

async function stopHalfway(options: Pick<FolderTrainingOptions, 'folder' | 'engine'>): Promise<void> {
  const controller = new AbortController();
  const onProgress = (step: number) => {
    if (step >= 100) controller.abort(new Error('stop'));
  };
  const run = trainInFolder(config(), { ...options, signal: controller.signal, onProgress });
  await expect(run).rejects.toThrow('stop');
}

/** Trains to the end; tells at which step it began. */
async function train(options: Pick<FolderTrainingOptions, 'folder' | 'engine'>, changes?: ToyConfigInput) {
  let from = 0;
  const onResume = (step: number) => {
    from = step;
  };
  const report = await trainInFolder(config(changes), { ...options, onResume });
  return { from, report };
}

const model = (folder: string) => readFileSync(join(folder, 'model.safetensors'));

describe('trainInFolder', () => {
  it.each([wasmEngine, referenceEngine])('goes on after an abort to the same bytes', async (engine) => {
    const [stopped, whole] = [temporaryFolder(), temporaryFolder()];
    await stopHalfway({ folder: stopped, engine });
    expect(readdirSync(stopped)).toEqual(['checkpoint']);
    const { from } = await train({ folder: stopped, engine });
    expect(from).toBeGreaterThanOrEqual(100);
    expect((await train({ folder: whole, engine })).from).toBe(0);
    expect(model(stopped).equals(model(whole))).toBe(true);
    expect(readdirSync(stopped).sort()).toEqual(['model.safetensors', 'report.json']);
  });

  it('leaves the checkpoint of another config or engine alone', async () => {
    const folder = temporaryFolder();
    await stopHalfway({ folder, engine: wasmEngine });
    expect((await train({ folder, engine: wasmEngine }, { seed: 1 })).from).toBe(0);
    expect((await train({ folder, engine: referenceEngine }, { steps: 2 })).from).toBe(0);
    expect((await train({ folder, engine: wasmEngine })).from).toBeGreaterThan(0);
  });

  it('begins anew, with a warning, where the checkpoint is damaged', async () => {
    const folder = temporaryFolder();
    await stopHalfway({ folder, engine: wasmEngine });
    const [tensors] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.safetensors'),
    );
    writeFileSync(join(folder, tensors ?? ''), 'damaged');
    const warnings: string[] = [];
    let resumed = false;
    await trainInFolder(config(), {
      folder,
      engine: wasmEngine,
      onWarning: (message) => warnings.push(message),
      onResume: () => {
        resumed = true;
      },
    });
    expect(resumed).toBe(false);
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
  });

  it('writes the report that it returns', async () => {
    const folder = temporaryFolder();
    const { report } = await train({ folder, engine: wasmEngine });
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report);
  });

  it('refuses a file in the place of the folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    for (const folder of [file, join(file, 'inside')]) {
      await expect(train({ folder, engine: wasmEngine })).rejects.toMatchObject({
        code: 'bad-folder',
        remedy: expect.stringContaining('a folder'),
      });
    }
  });
});
