import { receiveMessageOnPort } from 'node:worker_threads';
import type { Experiment } from './experiment.ts';
import { performTask } from './performTask.ts';
import { deserializeError, type SerializedError, serializeError } from './serializedError.ts';
import type { PoolNote, TaskMessage, TaskReply, WorkerNote } from './taskMessage.ts';

/**
 * The worker's side of a `threadTaskPool`. A worker's entry is a module whose default export is
 * `(message) => serveTask(experiments, message)`.
 */
export async function serveTask(
  experiments: readonly Experiment[],
  message: TaskMessage,
): Promise<TaskReply> {
  const { port, checkpoint, pace, cacheFolder } = message;
  const controller = new AbortController();
  const waiting: ((error: SerializedError | null) => void)[] = [];
  const receive = (note: PoolNote) => {
    if (note.kind === 'abort') controller.abort();
    else waiting.shift()?.(note.error);
  };
  const send = (note: WorkerNote) => port.postMessage(note);
  port.on('message', receive);
  try {
    const result = await performTask(experiments, message, {
      signal: controller.signal,
      checkpoint,
      pace,
      cacheFolder,
      poll: () => {
        for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
          receive(next.message);
        }
      },
      sendProgress: (fraction) => send({ kind: 'progress', fraction }),
      sendCheckpoint: (state) =>
        new Promise((resolve, reject) => {
          waiting.push((error) => (error === null ? resolve() : reject(deserializeError(error))));
          send({ kind: 'checkpoint', state });
        }),
    });
    return { ok: true, result };
  } catch (error) {
    return { ok: false, error: serializeError(error) };
  } finally {
    port.close();
  }
}
