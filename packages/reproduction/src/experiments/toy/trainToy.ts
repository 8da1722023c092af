import { checkpointTensors, type TrainingResult, tensorsCheckpoint, train } from '@svf-alignment/toy';
import type { TaskContext } from '../../lab/experiment.ts';
import type { ToyTask } from './toyTask.ts';

/** Trains a task's model, going on from the checkpoint that an interrupted run left. */
export async function trainToy(
  { toy }: ToyTask,
  { checkpoint, keep, onProgress, signal }: TaskContext,
  snapshotAt: readonly number[] = [],
): Promise<TrainingResult> {
  return train(toy, {
    ...(checkpoint && { from: tensorsCheckpoint(toy, checkpoint.tensors) }),
    snapshotAt,
    signal,
    onProgress: (step) => onProgress(step / toy.steps),
    onCheckpoint: (reached) => keep(() => ({ values: {}, tensors: checkpointTensors(toy, reached) })),
  });
}
