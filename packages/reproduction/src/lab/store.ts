import type { Result } from './result.ts';

/**
 * Where results and checkpoints live between runs, by {@link taskKey}. What is read is equal to
 * `canonicalResult` of what was written; an entry is either whole or absent. The same key always stands for the same
 * result, so a second write of it changes nothing.
 */
export interface Store {
  /** The result of a finished task; undefined if there is none, or if it was damaged and therefore removed. */
  read(key: string): Promise<Result | undefined>;
  /** @throws SvfError if the result is not finite, or cannot be kept (disk full, no permission) */
  write(key: string, result: Result): Promise<void>;
  /** The last checkpoint of a task that has not finished. */
  readCheckpoint(key: string): Promise<Result | undefined>;
  /** Replaces the task's checkpoint; a crash at any moment leaves this one or the one before. */
  writeCheckpoint(key: string, state: Result): Promise<void>;
  removeCheckpoint(key: string): Promise<void>;
}
