import { SvfError } from '@svf-alignment/core';
import { openDiskStore, type Store } from '@svf-alignment/reproduction';
import { cacheFolder } from './cacheFolder.ts';

/** What is kept between runs; undefined, with a warning, where it cannot be: everything is then computed again. */
export async function openCache(onWarning: (message: string) => void): Promise<Store | undefined> {
  try {
    return await openDiskStore({ directory: cacheFolder(), onWarning });
  } catch (error) {
    if (!(error instanceof SvfError)) throw error;
    onWarning(`Nothing is kept between runs. ${error.message} Set XDG_CACHE_HOME to a folder of yours.`);
    return undefined;
  }
}
