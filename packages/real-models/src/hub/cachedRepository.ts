import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { getRepoFolderName } from '@huggingface/hub';
import { isCommit } from './hubReference.ts';
import { makeFolder } from './makeFolder.ts';

/** Where a model's files are in the cache; the layout is that of Python's huggingface_hub. */
export interface CachedRepository {
  readonly folder: string;
  /** Hashes of contents: sha256 of large files, git's hash of small ones. */
  readonly blobs: string;
  /** Files of one commit by their names: links to blobs, or the files themselves where links are not to be had. */
  readonly snapshots: string;
  /** What branches and tags stood for when they were last asked for. */
  readonly refs: string;
}

export function cachedRepository(cacheFolder: string, id: string): CachedRepository {
  const folder = join(cacheFolder, getRepoFolderName({ type: 'model', name: id }));
  return {
    folder,
    blobs: join(folder, 'blobs'),
    snapshots: join(folder, 'snapshots'),
    refs: join(folder, 'refs'),
  };
}

/** The commit that the cache has for a revision, if it was asked for before. */
export async function cachedCommit(
  { refs }: CachedRepository,
  revision: string,
): Promise<string | undefined> {
  if (isCommit(revision)) return revision;
  try {
    const commit = (await readFile(join(refs, revision), 'utf8')).trim();
    return isCommit(commit) ? commit : undefined;
  } catch {
    // Whatever the reason, the cache does not know it.
    return undefined;
  }
}

/** Writes down what commit a branch or tag stands for, where it is not written yet. */
export async function cacheCommit(
  repository: CachedRepository,
  revision: string,
  commit: string,
): Promise<void> {
  if ((await cachedCommit(repository, revision)) === commit) return;
  const path = join(repository.refs, revision);
  const aside = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  await makeFolder(dirname(path));
  try {
    await writeFile(aside, commit);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

/** Every branch and tag that the cache knows, with its commit. */
export async function cachedRevisions(
  repository: CachedRepository,
): Promise<readonly (readonly [revision: string, commit: string])[]> {
  const { refs } = repository;
  const entries = await readdir(refs, { recursive: true, withFileTypes: true }).catch(() => []);
  const revisions: (readonly [string, string])[] = [];
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const revision = relative(refs, join(entry.parentPath, entry.name)).split(sep).join('/');
    const commit = await cachedCommit(repository, revision);
    if (commit !== undefined) revisions.push([revision, commit]);
  }
  return revisions;
}
