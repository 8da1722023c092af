import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { fileHash } from './fileHash.ts';
import type { HubFile } from './hubFiles.ts';
import type { Hub } from './hubOptions.ts';
import type { HubReference } from './hubReference.ts';
import { written } from './hubRefusal.ts';
import { hubRequest } from './hubRequest.ts';
import { makeFolder } from './makeFolder.ts';
import { isPassing, pause } from './retry.ts';

const REPETITIONS = 5;

export interface BlobDownload {
  readonly hub: Hub;
  readonly reference: HubReference;
  readonly commit: string;
  readonly file: HubFile;
  /** Where it goes; on the way it is `{blob}.incomplete`, and what lies there already is not fetched again. */
  readonly blob: string;
  /** Told how many bytes are there. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Fetches the content of one file, checks size and hash, and puts it in its place.
 *
 * @huggingface/hub's own download neither resumes nor checks, and turns an error into a string: hence an own one. Every
 * byte is written at its own position, so that two processes that fetch the same file do each other no harm.
 *
 * @throws SvfError `download-interrupted`, what is there is kept; `download-corrupt`, nothing is kept; {@link hubRequest}
 */
export async function downloadBlob(download: BlobDownload): Promise<void> {
  const { blob, file, hub } = download;
  const partial = `${blob}.incomplete`;
  await makeFolder(dirname(blob));
  // A leftover may be damaged by whoever left it, so if it does not come out right, it is fetched again from the start.
  let leftover = (await sizeOf(partial)) > 0;
  for (;;) {
    try {
      await fetchRest(download, partial);
      const hash = await fileHash(partial, file.hash, hub.signal);
      if (hash !== file.etag) throw corrupt(download, `${file.hash} ${hash}`);
      await rename(partial, blob);
      return;
    } catch (error) {
      // Another process was faster.
      if (isMissing(error) && (await sizeOf(blob)) === file.size) return;
      if (!(error instanceof SvfError) || error.code !== 'download-corrupt') throw error;
      await rm(partial, { force: true });
      if (!leftover) throw error;
      leftover = false;
    }
  }
}

/** Goes on fetching, over broken connections, until the file has its size. */
async function fetchRest(download: BlobDownload, partial: string): Promise<void> {
  const { hub, reference, commit, file, onBytes } = download;
  const url = `${hub.url}/${reference.id}/resolve/${commit}/${file.name.split('/').map(encodeURIComponent).join('/')}`;
  let failures = 0;
  for (;;) {
    const have = await sizeOf(partial);
    onBytes(have);
    if (have > file.size) throw corrupt(download, `${have} bytes`);
    if (have === file.size) break;
    const headers = {
      // Compressed bytes could not be resumed.
      'Accept-Encoding': 'identity',
      ...(have > 0 ? { Range: `bytes=${have}-` } : {}),
    };
    let fault: unknown;
    try {
      await hubRequest(hub, reference, { url, headers }, (response, alive) =>
        writeBody(download, response, have, partial, alive),
      );
    } catch (error) {
      if (!isPassing(error)) throw error;
      fault = error;
    }
    failures = (await sizeOf(partial)) > have ? 0 : failures + 1;
    if (failures > REPETITIONS) throw interrupted(download, await sizeOf(partial), fault);
    if (fault !== undefined) await pause(hub, Math.max(failures, 1));
  }
  // An empty file has nothing to fetch.
  if (file.size === 0) await (await openForWriting(partial)).close();
}

async function writeBody(
  download: BlobDownload,
  response: Response,
  have: number,
  partial: string,
  alive: () => void,
): Promise<void> {
  const { file, onBytes } = download;
  const range = /^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '');
  // Whoever ignores the range sends the file from its beginning.
  let position = response.status === 206 ? Number(range?.[1]) : 0;
  if (!(position <= have)) throw corrupt(download, `bytes from ${range?.[1]} on, asked for from ${have} on`);
  const handle = await openForWriting(partial);
  try {
    for await (const chunk of response.body ?? []) {
      alive();
      if (position + chunk.length > file.size) throw corrupt(download, `more than ${file.size} bytes`);
      await writeAt(handle, chunk, position);
      position += chunk.length;
      onBytes(position);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without truncation, which would take the bytes of another process away. */
function openForWriting(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT);
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function corrupt({ file, reference }: BlobDownload, received: string): SvfError {
  return new SvfError(
    `${file.name} of ${written(reference)} did not arrive as the hub announces it; it was removed.`,
    {
      code: 'download-corrupt',
      path: [written(reference), file.name],
      expected: `${file.size} bytes, ${file.hash} ${file.etag}`,
      received,
      remedy: 'Run the same command again; if it stays so, something between here and the hub changes files.',
    },
  );
}

function interrupted({ file, reference }: BlobDownload, bytes: number, cause: unknown): SvfError {
  return new SvfError(`The download of ${file.name} of ${written(reference)} broke off again and again.`, {
    code: 'download-interrupted',
    path: [written(reference), file.name],
    expected: `${file.size} bytes`,
    received: `${bytes} bytes${cause instanceof SvfError && cause.received !== undefined ? `, then ${cause.received}` : ''}`,
    remedy: 'Run the same command again: it goes on where this one stopped.',
    cause,
  });
}
