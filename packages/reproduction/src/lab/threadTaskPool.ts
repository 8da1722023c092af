import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { SvfError } from '@svf-alignment/core';
import { Piscina } from 'piscina';
import type { Result } from './result.ts';
import { deserializeError, serializeError } from './serializedError.ts';
import { Slots } from './slots.ts';
import type { PoolNote, TaskMessage, TaskReply, WorkerNote } from './taskMessage.ts';
import { DEFAULT_PACE, type TaskHooks, type TaskPace, type TaskPool, type TaskRequest } from './taskPool.ts';

export interface ThreadTaskPoolOptions {
  /** A module whose default export is `(message) => serveTask(experiments, message)`; JavaScript, not TypeScript. */
  readonly entry: URL;
  /** Threads; as many as the machine runs at once by default. */
  readonly workers?: number;
  readonly pace?: TaskPace;
  /** Milliseconds that a task has to stop by itself after an abort, before its thread is ended. */
  readonly patience?: number;
  /** Where tasks keep what tasks of other runs can use, too; by default nowhere. */
  readonly cacheFolder?: string;
  /** Node's options for the threads; those of the process by default. */
  readonly execArgv?: readonly string[];
}

interface ThreadSettings extends Required<Pick<ThreadTaskPoolOptions, 'entry' | 'pace' | 'patience'>> {
  readonly cacheFolder: string | undefined;
}

/**
 * A {@link TaskPool} on worker threads, which are started with the first task.
 *
 * @throws SvfError `bad-workers` for a number of workers that is not a positive integer, or more than 16 and four for each
 *   core: each takes some hundred megabytes
 */
export function threadTaskPool(options: ThreadTaskPoolOptions): TaskPool {
  const {
    entry,
    workers = availableParallelism(),
    pace = DEFAULT_PACE,
    patience = 3000,
    cacheFolder,
  } = options;
  const most = Math.max(16, 4 * availableParallelism());
  if (!Number.isSafeInteger(workers) || workers < 1 || workers > most) {
    throw new SvfError(`${workers} is not a number of workers for this machine.`, {
      code: 'bad-workers',
      expected: `an integer from 1 to ${most}`,
      received: String(workers),
      remedy: `Leave it out, for one worker for each core, or give at most ${most}.`,
    });
  }
  // Never more tasks than threads are given to Piscina: tasks in its own queue would wait forever for a thread that
  // failed to start.
  const slots = new Slots(workers);
  let threads: Piscina<TaskMessage, TaskReply> | undefined;
  return {
    size: workers,
    run: (request, hooks) =>
      slots.use(hooks.signal, async () => {
        threads ??= startThreads(workers, options.execArgv);
        return runInThread(threads, request, hooks, { entry, pace, patience, cacheFolder });
      }),
    close: async () => {
      await threads?.destroy();
      threads = undefined;
    },
  };
}

function startThreads(workers: number, execArgv?: readonly string[]): Piscina<TaskMessage, TaskReply> {
  const threads = new Piscina({
    minThreads: workers,
    maxThreads: workers,
    // Inherited by leaving it out: given outright, options of the whole process (--max-old-space-size) are refused.
    ...(execArgv && { execArgv: [...execArgv] }),
  });
  // A thread that dies between two tasks is replaced; nothing is lost with it.
  threads.on('error', () => {});
  return threads;
}

async function runInThread(
  threads: Piscina<TaskMessage, TaskReply>,
  request: TaskRequest,
  hooks: TaskHooks,
  { entry, pace, patience, cacheFolder }: ThreadSettings,
): Promise<Result> {
  const { signal } = hooks;
  const checkpoint = await hooks.begin();
  signal.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  let kept = Promise.resolve();
  port.on('message', (note: WorkerNote) => {
    if (note.kind === 'progress') hooks.onProgress(note.fraction);
    else kept = kept.then(() => keep(note.state, hooks)).then((answer) => port.postMessage(answer));
  });
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    port.postMessage({ kind: 'abort' });
    timer = setTimeout(() => end.abort(), patience);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    const message = { ...request, checkpoint, pace, cacheFolder, port: port2 };
    const reply = await threads
      .run(message, { filename: entry.href, transferList: [port2], signal: end.signal })
      .catch((error) => {
        throw signal.aborted ? signal.reason : workerLost(error);
      });
    if (reply.ok) return reply.result;
    throw signal.aborted ? signal.reason : deserializeError(reply.error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    await kept;
    port.close();
  }
}

async function keep(state: Result, hooks: TaskHooks): Promise<PoolNote> {
  try {
    await hooks.onCheckpoint(state);
    return { kind: 'kept', error: null };
  } catch (error) {
    return { kind: 'kept', error: serializeError(error) };
  }
}

function workerLost(cause: unknown): SvfError {
  const received = cause instanceof Error ? cause.message : String(cause);
  return new SvfError(`A worker thread failed: ${received}.`, {
    code: 'worker-lost',
    received,
    remedy: 'If memory is short, run with fewer workers; tasks are taken up again from their checkpoints.',
    cause,
  });
}
