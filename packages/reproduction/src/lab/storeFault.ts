import { SvfError } from '@svf-alignment/core';

const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'Free space on that disk, or name a folder on another one, then run again: finished work is kept.',
  EDQUOT: 'Free space within your quota, or name a folder elsewhere, then run again: finished work is kept.',
  ENOENT: 'Name another folder: this one is not there, or has been taken away.',
  EACCES: 'Give yourself permission to write there, or name another folder.',
  EPERM: 'Give yourself permission to write there, or name another folder.',
  EROFS: 'Name a folder on a disk that is not mounted read-only.',
  ENOTDIR: 'Name a folder: a part of that path is a file.',
  EEXIST: 'Name a folder: that path is a file.',
  EMFILE: 'Raise the limit of open files (ulimit -n), then run again: finished work is kept.',
};

/** What went wrong on the disk, as an error that says what to do about it: code `store-read` or `store-write`. */
export function storeFault(action: 'read' | 'write', path: string, cause: unknown): SvfError {
  const code = systemCode(cause) ?? 'unknown';
  return new SvfError(`Cannot ${action} ${path} (${code}).`, {
    code: `store-${action}`,
    path: [path],
    received: cause instanceof Error ? cause.message : String(cause),
    remedy: REMEDIES[code] ?? 'Look at that folder and its disk, then run again: finished work is kept.',
    cause,
  });
}

/** The `code` of an error of the operating system, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
