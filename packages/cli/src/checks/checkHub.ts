import { resolve } from 'node:path';
import { hubCacheFolder, listCachedModels, probeHub } from '@svf-alignment/real-models';
import { type Check, fails, works } from './check.ts';
import { reason } from './reason.ts';
import { writingFault } from './writingFault.ts';

/** Whether models can be fetched, and what the cache has. Neither is needed for the bundled models. */
export async function checkHub(): Promise<Check[]> {
  const { ok, detail, remedy } = await probeHub();
  return [{ id: 'hub', ok, detail, remedy }, await checkCache()];
}

async function checkCache(): Promise<Check> {
  const folder = hubCacheFolder();
  const remedy = 'Set HF_HUB_CACHE to a folder of yours.';
  try {
    const models = await listCachedModels(folder);
    const whole = models.filter(({ missing }) => missing.length === 0);
    const detail = `${whole.length} whole models of the hub in ${folder}`;
    const fault = await writingFault(resolve(folder));
    return fault === null
      ? works('cache', detail)
      : fails('cache', `${detail}, which cannot be written: ${fault}`, remedy);
  } catch (error) {
    return fails('cache', reason(error), remedy);
  }
}
