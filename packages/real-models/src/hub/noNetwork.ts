import { basename } from 'node:path';
import { SvfError } from '@svf-alignment/core';
import { cachedRepository } from './cachedRepository.ts';
import type { Hub } from './hubOptions.ts';
import type { HubReference } from './hubReference.ts';
import { written } from './hubRefusal.ts';

/** The hub cannot be reached, or must not be. */
export function noNetwork(hub: Hub, reference: HubReference, received: string, cause?: unknown): SvfError {
  const name = written(reference);
  const repository = basename(cachedRepository(hub.cacheFolder, reference.id).folder);
  const { bundledNames: names } = hub;
  const bundled = names?.length ? `; or use a bundled model: ${names.join(', ')}` : '';
  const connect = hub.offline ? 'Allow the network (HF_HUB_OFFLINE, --offline)' : 'Connect to the network';
  const reached = hub.offline ? 'must not be asked' : 'cannot be reached';
  return new SvfError(`The hub (${hub.url}) ${reached}, and the cache has no whole copy of ${name}.`, {
    code: 'no-network',
    path: [name],
    received,
    remedy:
      `${connect}; or run 'svf model pull ${name}' on another machine and copy ${repository} ` +
      `from its cache into ${hub.cacheFolder}${bundled}.`,
    cause,
  });
}

/** What kept a request from being answered, in a few words: `ENOTFOUND`, `ECONNREFUSED`, … */
export function networkFault(error: unknown): string | undefined {
  // This is how `fetch` tells of it: the reason is the cause.
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return undefined;
  const { cause } = error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
