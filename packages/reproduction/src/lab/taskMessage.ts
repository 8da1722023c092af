import type { MessagePort } from 'node:worker_threads';
import type { Result } from './result.ts';
import type { SerializedError } from './serializedError.ts';
import type { TaskPace, TaskRequest } from './taskPool.ts';

/** What a worker is called with: a task, where it stopped last time, and the line to talk over while it runs. */
export interface TaskMessage extends TaskRequest {
  readonly checkpoint: Result | undefined;
  readonly pace: TaskPace;
  /** `TaskContext.cacheFolder`. */
  readonly cacheFolder: string | undefined;
  /** Sends {@link WorkerNote}, receives {@link PoolNote}. */
  readonly port: MessagePort;
}

/** From worker to pool while a task runs. Every checkpoint is answered by a `kept`, in order. */
export type WorkerNote =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'checkpoint'; readonly state: Result };

/** From pool to worker while a task runs. */
export type PoolNote =
  | { readonly kind: 'kept'; readonly error: SerializedError | null }
  | { readonly kind: 'abort' };

/** What a worker answers in the end. Errors are data here, for a thrown one would lose its fields on the way. */
export type TaskReply =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: SerializedError };
