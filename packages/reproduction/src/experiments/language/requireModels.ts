import { SvfError } from '@svf-alignment/core';
import { bundledModelFolder, bundledModels } from '@svf-alignment/models';
import { openModel, parseModelReference, resolveRevision } from '@svf-alignment/real-models';

/** Nobody is to blame for these but the network, and what runs need may be in the cache. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['no-network', 'hub-unavailable', 'bad-hub-answer']);

/**
 * Refuses models that no run can open, before anything else is done: those on the disk are opened and closed again, of
 * others the hub is asked whether it has them. Nothing large is read or fetched.
 *
 * @param models as `openModel` takes them
 * @throws SvfError those of `openModel` and `resolveRevision`, but not where the hub is out of reach
 */
export async function requireModels(models: readonly string[]): Promise<void> {
  for (const model of new Set(models)) await requireModel(model);
}

async function requireModel(name: string): Promise<void> {
  const bundledNames = Object.keys(bundledModels);
  const reference = await parseModelReference(name, bundledNames);
  if (reference.kind !== 'hub') {
    const model = await openModel(name, { bundled: bundledModelFolder, bundledNames });
    await model.close();
    return;
  }
  try {
    await resolveRevision(reference, { bundledNames });
  } catch (error) {
    if (!(error instanceof SvfError && OUT_OF_REACH.has(error.code))) throw error;
  }
}
