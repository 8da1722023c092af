import { SvfError } from '@svf-alignment/core';
import type { FactorCache } from '@svf-alignment/real-models';
import { openDiskStore } from '../../lab/diskStore.ts';

/**
 * Factors of heads in a folder that other tasks use at the same time: entries are written whole, and the first of two
 * stays. What the disk does not take or give is computed again: a task does not fail by its cache.
 */
export async function taskFactorCache(directory: string): Promise<FactorCache | undefined> {
  const store: FactorCache | undefined = await unlessStoreFault(() => openDiskStore({ directory }));
  return (
    store && {
      read: (key) => unlessStoreFault(() => store.read(key)),
      write: (key, entry) => unlessStoreFault(() => store.write(key, entry)),
    }
  );
}

async function unlessStoreFault<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SvfError && (error.code === 'store-read' || error.code === 'store-write'))
      return undefined;
    throw error;
  }
}
