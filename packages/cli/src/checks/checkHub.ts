import { hubCacheFolder, listCachedModels, probeHub } from '@svf-alignment/real-models';
import { type Check, fails, works } from './check.ts';
import { reason } from './reason.ts';

/** Whether models can be fetched, and what the cache has. Neither is needed for the bundled models. */
export async function checkHub(): Promise<Check[]> {
  const { ok, detail, remedy } = await probeHub();
  return [{ id: 'hub', ok, detail, remedy }, await checkCache()];
}

async function checkCache(): Promise<Check> {
  const folder = hubCacheFolder();
  try {
    const models = await listCachedModels(folder);
    const whole = models.filter(({ missing }) => missing.length === 0);
    return works('cache', `${whole.length} whole models of the hub in ${folder}`);
  } catch (error) {
    return fails('cache', reason(error), 'Set HF_HUB_CACHE to a folder of yours.');
  }
}
