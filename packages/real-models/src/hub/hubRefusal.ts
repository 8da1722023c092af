import { SvfError, type SvfErrorDetails } from '@svf-alignment/core';
import type { Hub } from './hubOptions.ts';
import type { HubReference } from './hubReference.ts';

/** Name of `reference` as a user writes it. */
export function written({ id, revision }: HubReference): string {
  return revision === 'main' ? id : `${id}@${revision}`;
}

/**
 * What a status other than 2xx of the hub means. The hub tells in `X-Error-Code` what it lacks; it answers 401 also for
 * what does not exist, to those who might not be allowed to know.
 */
export function hubRefusal(response: Response, hub: Hub, reference: HubReference): SvfError {
  const { status, headers } = response;
  const { id, revision } = reference;
  const said = headers.get('X-Error-Message');
  const received = `${status}${said === null ? '' : `: ${said}`}`;
  const refusal = (code: string, message: string, remedy: string, details: Partial<SvfErrorDetails> = {}) =>
    new SvfError(message, { code, path: [written(reference)], received, remedy, ...details });

  switch (headers.get('X-Error-Code')) {
    case 'RevisionNotFound':
      return refusal(
        'unknown-revision',
        `The model ${id} has no revision ${revision}.`,
        `Name one of its branches, tags or commits: ${hub.url}/${id}/tree/main lists them.`,
        { received: revision },
      );
    case 'EntryNotFound':
      return refusal(
        'missing-model-file',
        `The hub lists a file of ${written(reference)} that it does not have.`,
        'Try again later, or name another revision.',
      );
  }
  const unavailable = refusal(
    'hub-unavailable',
    `The hub could not answer for ${written(reference)}.`,
    status === 429
      ? 'Wait some minutes and run the same command again; with HF_TOKEN set, the hub allows more.'
      : 'Run the same command again later.',
  );
  if (status === 416) {
    return refusal(
      'download-corrupt',
      `The hub has less of a file of ${written(reference)} than it announces.`,
      'Run the same command again; if it stays so, name another revision.',
    );
  }
  // The stores that the hub redirects to know nothing of models: their refusals pass with a fresh address.
  if (response.url !== '' && new URL(response.url).origin !== new URL(hub.url).origin) return unavailable;
  if (status === 401 && said === 'Invalid credentials in Authorization header') {
    return refusal(
      'bad-token',
      'The hub does not know the token.',
      `Set HF_TOKEN to a token of yours (${hub.url}/settings/tokens), or unset it: open models need none.`,
    );
  }
  if (status === 403 || headers.get('X-Error-Code') === 'GatedRepo') {
    return refusal(
      'gated-model',
      `The hub does not let ${hub.token === null ? 'the public' : 'this token'} have ${id}.`,
      `Accept its conditions at ${hub.url}/${id}, and set HF_TOKEN to a token of yours that may read it.`,
    );
  }
  if (status === 401 || status === 404) {
    const [message, remedy] = unknownModel(id, hub);
    return refusal('unknown-model', message, remedy, { received: id });
  }
  return unavailable;
}

function unknownModel(id: string, { bundledNames, url }: Hub): readonly [message: string, remedy: string] {
  const absent = `There is no model ${id} on the hub, or it is private`;
  if (bundledNames === null) {
    const name = encodeURIComponent(id.slice(id.indexOf('/') + 1));
    return [
      `${absent}.`,
      `Look for its ID, mostly ORGANIZATION/NAME, at ${url}/models?search=${name}; for a private model set HF_TOKEN.`,
    ];
  }
  const bundled = bundledNames.length > 0 ? `, a bundled model (${bundledNames.join(', ')})` : '';
  return [
    `${absent}; nor is there a folder of that name here.`,
    `Name a model on the hub${bundled} or a folder; for a private model set HF_TOKEN.`,
  ];
}
