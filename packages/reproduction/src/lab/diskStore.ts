import { randomUUID } from 'node:crypto';
import * as promises from 'node:fs/promises';
import { join } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { makeFolder } from '@svf-alignment/real-models';
import type { Result } from './result.ts';
import type { Store } from './store.ts';
import { readEntry, type StoreFiles, writeEntry } from './storeEntry.ts';
import { storeFault, systemCode } from './storeFault.ts';

export interface DiskStoreOptions {
  /** Created if it is not there. */
  readonly directory: string;
  /** Told in a sentence when an entry was damaged and has been removed. */
  readonly onWarning?: (message: string) => void;
  /** Where the calls to the file system go: `node:fs/promises`. */
  readonly files?: StoreFiles;
}

/** A leftover of a killed process is removed once no living one can still be writing it. */
const LEFTOVER_AGE = 24 * 60 * 60 * 1000;

/**
 * A {@link Store} in a folder: `results/KEY/` holds a finished task, `checkpoints/KEY/N/` the last state of one that
 * has not finished. An entry is written under `temporary/` and then renamed, so none is ever seen half-written, not
 * even after SIGKILL; several processes may share the folder.
 *
 * @throws SvfError `store-write` if the folder cannot be made. Its methods throw `store-read` and `store-write` with the
 *   remedy (disk full, no permission, …) and `store-key` for a key that is not 64 hexadecimal digits.
 */
export async function openDiskStore(options: DiskStoreOptions): Promise<Store> {
  const store = new DiskStore(options);
  await store.open();
  return store;
}

class DiskStore implements Store {
  readonly #directory: string;
  readonly #warn: (message: string) => void;
  readonly #files: StoreFiles;

  constructor({ directory, onWarning = () => {}, files = promises }: DiskStoreOptions) {
    this.#directory = directory;
    this.#warn = onWarning;
    this.#files = files;
  }

  async open(): Promise<void> {
    await this.#guard('write', async () => {
      for (const folder of ['results', 'checkpoints', 'temporary']) {
        await makeFolder(join(this.#directory, folder), this.#files);
      }
      await this.#removeLeftovers();
    });
  }

  read(key: string): Promise<Result | undefined> {
    return this.#guard('read', () => this.#readOrRemove(this.#resultFolder(key)));
  }

  write(key: string, result: Result): Promise<void> {
    return this.#guard('write', () => this.#place(this.#resultFolder(key), result));
  }

  readCheckpoint(key: string): Promise<Result | undefined> {
    return this.#guard('read', async () => {
      const folder = this.#checkpointFolder(key);
      for (const number of (await this.#numbers(folder)).reverse()) {
        const state = await this.#readOrRemove(join(folder, String(number)));
        if (state !== undefined) return state;
      }
      return undefined;
    });
  }

  writeCheckpoint(key: string, state: Result): Promise<void> {
    return this.#guard('write', async () => {
      const folder = this.#checkpointFolder(key);
      const earlier = await this.#numbers(folder);
      await makeFolder(folder, this.#files);
      // The one before goes only once the new one has its place.
      await this.#place(join(folder, String((earlier.at(-1) ?? 0) + 1)), state);
      for (const number of earlier) await this.#remove(join(folder, String(number)));
    });
  }

  removeCheckpoint(key: string): Promise<void> {
    return this.#guard('write', () => this.#remove(this.#checkpointFolder(key)));
  }

  #resultFolder(key: string): string {
    return join(this.#directory, 'results', checkedKey(key));
  }

  #checkpointFolder(key: string): string {
    return join(this.#directory, 'checkpoints', checkedKey(key));
  }

  async #place(folder: string, result: Result): Promise<void> {
    const temporary = join(this.#directory, 'temporary', randomUUID());
    try {
      await writeEntry(this.#files, temporary, result);
      await this.#files.rename(temporary, folder);
    } catch (error) {
      await this.#remove(temporary).catch(() => {});
      const code = systemCode(error);
      // Another process, or an earlier run, has put the same entry there.
      if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
      throw error;
    }
  }

  async #readOrRemove(folder: string): Promise<Result | undefined> {
    const reading = await readEntry(this.#files, folder);
    if (reading.state === 'whole') return reading.result;
    if (reading.state === 'damaged') {
      this.#warn(`Removed a damaged entry of the store, ${folder}: ${reading.reason}. It is computed again.`);
      await this.#remove(folder);
    }
    return undefined;
  }

  /** Numbers of a task's checkpoints, ascending. */
  async #numbers(folder: string): Promise<number[]> {
    try {
      const names = await this.#files.readdir(folder);
      return names
        .filter((name) => /^[1-9][0-9]*$/.test(name))
        .map(Number)
        .sort((a, b) => a - b);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async #removeLeftovers(): Promise<void> {
    const folder = join(this.#directory, 'temporary');
    for (const name of await this.#files.readdir(folder)) {
      const { mtimeMs } = await this.#files.stat(join(folder, name)).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > LEFTOVER_AGE) await this.#remove(join(folder, name));
    }
  }

  async #remove(path: string): Promise<void> {
    await this.#files.rm(path, { recursive: true, force: true });
  }

  async #guard<Value>(action: 'read' | 'write', act: () => Promise<Value>): Promise<Value> {
    try {
      return await act();
    } catch (error) {
      throw systemCode(error) === undefined || error instanceof SvfError
        ? error
        : storeFault(action, this.#directory, error);
    }
  }
}

function checkedKey(key: string): string {
  if (/^[0-9a-f]{64}$/.test(key)) return key;
  throw new SvfError('That is not a key of the store.', {
    code: 'store-key',
    expected: '64 hexadecimal digits, as taskKey gives them',
    received: key,
  });
}
