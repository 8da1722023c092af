import { rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Checkpoint,
  checkpointTensors,
  encodeModel,
  type ToyConfig,
  type TrainingEngine,
  type TrainingReport,
  tensorsCheckpoint,
  train,
  trainingReport,
} from '@svf-alignment/toy';
import { openDiskStore } from '../lab/diskStore.ts';
import { taskKey } from '../lab/taskKey.ts';
import { DEFAULT_PACE } from '../lab/taskPool.ts';
import { prepareFolder } from './prepareFolder.ts';
import { writeWhole } from './writeWhole.ts';

export interface FolderTrainingOptions {
  /** Created if it is not there. */
  readonly folder: string;
  readonly engine: TrainingEngine;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: number) => void;
  /** Told when training goes on from an earlier run's checkpoint, with the steps that it had done. */
  readonly onResume?: (step: number) => void;
  readonly onWarning?: (message: string) => void;
  /** Milliseconds between two checkpoints, at least; no result depends on it. */
  readonly keepEvery?: number;
}

/** Raised whenever the same config and engine would train to another model. */
const VERSION = 1;

/**
 * Trains a toy model in a folder: `model.safetensors` and `report.json` at the end, a checkpoint under `checkpoint/`
 * until then. A training that was interrupted is taken up by the next one of the same config and engine in the same
 * folder and ends with the same model, bit for bit; the checkpoint of any other is left alone.
 *
 * @throws SvfError `bad-folder`, `store-read` and `store-write` for the folder, and those of the engine and `train`;
 *   the signal's reason after an abort, once the checkpoint is written
 */
export async function trainInFolder(
  config: ToyConfig,
  options: FolderTrainingOptions,
): Promise<TrainingReport> {
  const { folder, engine, signal, onProgress, onWarning, keepEvery = DEFAULT_PACE.keepEvery } = options;
  await prepareFolder(folder);
  const directory = join(folder, 'checkpoint');
  const store = await openDiskStore({ directory, ...(onWarning && { onWarning }) });
  const identity = { config, engine: engine.name };
  const key = taskKey({ experiment: 'toy-train', version: VERSION, config: identity });

  const kept = await store.readCheckpoint(key);
  const from = kept && tensorsCheckpoint(config, kept.tensors);
  if (from !== undefined) options.onResume?.(from.state.step);

  let last = performance.now();
  const onCheckpoint = async (checkpoint: Checkpoint) => {
    if (!signal?.aborted && performance.now() - last < keepEvery) return;
    await store.writeCheckpoint(key, { values: {}, tensors: checkpointTensors(config, checkpoint) });
    last = performance.now();
  };
  const result = await train(config, {
    engine,
    onCheckpoint,
    ...(from && { from }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });

  const report = trainingReport(result);
  await writeWhole(join(folder, 'model.safetensors'), encodeModel(config, result.state.parameters));
  await writeWhole(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await store.removeCheckpoint(key);
  await removeEmpty(directory);
  return report;
}

/** Folders of the store that hold nothing any more; those that hold another training's checkpoint stay. */
async function removeEmpty(directory: string): Promise<void> {
  for (const name of ['results', 'checkpoints', 'temporary', '.']) {
    await rmdir(join(directory, name)).catch(() => {});
  }
}
