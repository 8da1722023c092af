import { type LanguageModel, openLanguageModel, type Store } from '@svf-alignment/reproduction';
import { interruptible } from '../interruption.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { ModelOptions } from '../options/modelOptions.ts';
import type { PromptOptions } from '../options/promptOptions.ts';
import { Progress } from '../output/progress.ts';
import { warn } from '../output/warn.ts';
import { checkProvider } from './checkProvider.ts';
import { modelFault } from './modelFault.ts';
import { openCache } from './openCache.ts';

/** What a command does with its model. */
export interface ModelCommand {
  readonly language: LanguageModel;
  /** What is kept between runs; undefined where it cannot be. */
  readonly cache: Store | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The options of a command that concern its model; `bos` where it runs prompts. */
type ModelCommandOptions = OutputOptions &
  ModelOptions &
  Partial<ForwardOptions> &
  Partial<Pick<PromptOptions, 'bos'>>;

/** Opens the model that the options name, does what the command does, and closes it, whatever happens. */
export function withLanguageModel<Value>(
  options: ModelCommandOptions,
  act: (command: ModelCommand) => Promise<Value>,
): Promise<Value> {
  const progress = new Progress(options, 'opening the model');
  const onWarning = (message: string) => progress.aside(() => warn(options, message));
  const { model: reference, precision, provider, threads, offline, bos } = options;
  return interruptible(
    () => 'The same command begins again; what the cache has is neither fetched nor computed again.',
    async (signal) => {
      if (provider !== undefined && provider !== 'cpu' && precision !== 'double')
        await checkProvider(provider);
      const cache = await openCache(onWarning);
      const language = await openLanguageModel(reference, {
        ...(cache && { cache }),
        hub: { onWarning, ...(offline && { offline }) },
        onProgress: ({ file, bytes, totalBytes }) =>
          progress.update(bytes / Math.max(1, totalBytes), `fetching ${file}`),
        signal,
        ...(precision && { precision }),
        ...(provider && { provider }),
        ...(threads !== undefined && { threads }),
      });
      const { model } = language;
      if (bos && model.prependsBos && model.tokenizer.bos === null) {
        onWarning('The tokenizer has no BOS: prompts are run without one.');
      }
      try {
        return await act({ language, cache, progress, signal });
      } catch (error) {
        throw await modelFault(error, model);
      } finally {
        progress.stop();
        await language.close();
      }
    },
  ).finally(() => progress.stop());
}
