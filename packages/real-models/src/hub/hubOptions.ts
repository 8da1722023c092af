import { HUB_URL } from '@huggingface/hub';
import { SvfError } from '@svf-alignment/core';
import { hubCacheFolder } from './hubCacheFolder.ts';
import { isSwitchedOn } from './isSwitchedOn.ts';
import { storedHubToken } from './storedHubToken.ts';

/** How the hub is reached and where its files are kept; every default is that of Python's huggingface_hub. */
export interface HubOptions {
  /** Default `HF_ENDPOINT`, else the public hub. */
  readonly hubUrl?: string;
  /** Default `HF_TOKEN`, else what the file `HF_TOKEN_PATH` holds; null for none. Sent to no other host. */
  readonly token?: string | null;
  readonly fetch?: typeof fetch;
  /** Default `HF_HUB_CACHE`, else `hub` under `HF_HOME`. */
  readonly cacheFolder?: string;
  /** Only the cache is used, and nothing asked of the hub. Default `HF_HUB_OFFLINE`. */
  readonly offline?: boolean;
  /** How long the hub may be silent, in milliseconds. Default `HF_HUB_DOWNLOAD_TIMEOUT` (seconds), else 10 s. */
  readonly stallTimeout?: number;
  /** Pause before the first repetition of what failed, in milliseconds; it doubles with each. Default 500. */
  readonly retryDelay?: number;
  /**
   * Models that need no hub, to be named where it has none of that name or cannot be reached; left out where only a model
   * of the hub will do, and neither these nor a folder.
   */
  readonly bundledNames?: readonly string[];
  /** Told in a sentence when the cache is used because the hub did not let us in. */
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** {@link HubOptions} with the environment's defaults filled in. */
export interface Hub {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string | null;
  readonly fetch: typeof fetch;
  readonly cacheFolder: string;
  readonly offline: boolean;
  readonly stallTimeout: number;
  readonly retryDelay: number;
  readonly bundledNames: readonly string[] | null;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal | undefined;
}

/** @throws SvfError `bad-hub-url` */
export function openHub(options: HubOptions): Hub {
  const url = options.hubUrl ?? (process.env.HF_ENDPOINT || HUB_URL);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SvfError(`'${url}' is no address of a hub.`, {
      code: 'bad-hub-url',
      expected: 'an address that begins with https:// or http://',
      received: url,
      remedy: 'Set HF_ENDPOINT to the address of a hub, or unset it.',
    });
  }
  const seconds = Number(process.env.HF_HUB_DOWNLOAD_TIMEOUT);
  return {
    url: url.replace(/\/+$/, ''),
    token: options.token === undefined ? storedHubToken() : options.token,
    fetch: options.fetch ?? fetch,
    cacheFolder: options.cacheFolder ?? hubCacheFolder(),
    offline: options.offline ?? isSwitchedOn(process.env.HF_HUB_OFFLINE || process.env.TRANSFORMERS_OFFLINE),
    stallTimeout: options.stallTimeout ?? 1000 * (seconds > 0 ? seconds : 10),
    retryDelay: options.retryDelay ?? 500,
    bundledNames: options.bundledNames ?? null,
    warn: options.onWarning ?? (() => {}),
    signal: options.signal,
  };
}
