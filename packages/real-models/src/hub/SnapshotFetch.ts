import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedRepository } from './cachedRepository.ts';
import { checkSpace } from './cacheFault.ts';
import { downloadBlob } from './downloadBlob.ts';
import { fileHash } from './fileHash.ts';
import type { HubFile } from './hubFiles.ts';
import type { Hub } from './hubOptions.ts';
import type { HubReference } from './hubReference.ts';
import { makeFolder } from './makeFolder.ts';
import { placeInSnapshot } from './placeInSnapshot.ts';

/** How far the files are that had to be fetched. */
export interface PullProgress {
  readonly file: string;
  /** Bytes of all of them that are there; at the first call, what an earlier run left of the first. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface FetchOptions {
  readonly hub: Hub;
  readonly reference: HubReference;
  readonly repository: CachedRepository;
  readonly commit: string;
  /** Compares what the cache has with its hashes too, not only with its sizes. */
  readonly checkCached: boolean;
  readonly onProgress: (progress: PullProgress) => void;
}

/** Brings files of one commit into the cache, one after the other, as far as they are not there. */
export class SnapshotFetch {
  readonly #options: FetchOptions;
  readonly #absent = new Map<string, HubFile>();
  #bytes = 0;
  #totalBytes = 0;

  constructor(options: FetchOptions) {
    this.#options = options;
  }

  /** Looks which of these are not there, so that progress and room on the disk are known from the beginning. */
  async plan(files: Iterable<HubFile>): Promise<void> {
    const { blobs } = this.#options.repository;
    let partial = 0;
    for (const file of files) {
      if (this.#absent.has(file.name) || (await this.#isThere(file))) continue;
      this.#absent.set(file.name, file);
      this.#totalBytes += file.size;
      partial += (await sizeOf(`${this.#blob(file)}.incomplete`)) ?? 0;
    }
    if (this.#absent.size === 0) return;
    await makeFolder(blobs);
    await checkSpace(blobs, this.#totalBytes - this.#bytes - partial, this.#options.hub.cacheFolder);
  }

  /** Fetches those of these files that were found absent. */
  async fetch(files: Iterable<HubFile>): Promise<void> {
    const { hub, reference, commit, onProgress } = this.#options;
    for (const file of files) {
      if (!this.#absent.has(file.name)) continue;
      const blob = this.#blob(file);
      const before = this.#bytes;
      const onBytes = (bytes: number) => {
        this.#bytes = before + bytes;
        onProgress({ file: file.name, bytes: this.#bytes, totalBytes: this.#totalBytes });
      };
      await downloadBlob({ hub, reference, commit, file, blob, onBytes });
      await placeInSnapshot(blob, this.#pointer(file), true);
      this.#absent.delete(file.name);
    }
  }

  async #isThere(file: HubFile): Promise<boolean> {
    const blob = this.#blob(file);
    if (await this.#isWhole(this.#pointer(file), file)) return true;
    if (await this.#isWhole(blob, file)) {
      await placeInSnapshot(blob, this.#pointer(file), false);
      return true;
    }
    // Damaged, if it is there at all.
    await rm(blob, { force: true });
    return false;
  }

  async #isWhole(path: string, file: HubFile): Promise<boolean> {
    if ((await sizeOf(path)) !== file.size) return false;
    const { checkCached, hub } = this.#options;
    return !checkCached || (await fileHash(path, file.hash, hub.signal)) === file.etag;
  }

  #blob(file: HubFile): string {
    return join(this.#options.repository.blobs, file.etag);
  }

  #pointer(file: HubFile): string {
    return join(this.#options.repository.snapshots, this.#options.commit, file.name);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch {
    return undefined;
  }
}
