import type { RunSettings } from '@svf-alignment/reproduction';
import type { ForwardOptions } from './forwardOptions.ts';
import type { PromptOptions } from './promptOptions.ts';

/** How workers are to run a model, as the options say. */
export function runSettings({
  precision,
  provider,
  threads,
  memory,
  bos,
  offline,
}: ForwardOptions & Pick<PromptOptions, 'bos'> & { readonly offline?: boolean }): RunSettings {
  return {
    precision,
    provider,
    memoryLimit: memory * 2 ** 20,
    ...(threads !== undefined && { threads }),
    ...(!bos && { bos }),
    ...(offline && { offline }),
  };
}
