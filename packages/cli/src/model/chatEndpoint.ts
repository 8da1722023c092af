import { ChatClient, type ContextHalves, endpointPlan, type Signal } from '@svf-alignment/circuits';
import { SvfError } from '@svf-alignment/core';
import { answerCache, type Store } from '@svf-alignment/reproduction';
import type { OutputOptions } from '../options/commonOptions.ts';
import { count } from '../output/numbers.ts';

export interface EndpointOptions {
  readonly llm?: string;
  readonly llmModel?: string;
  readonly llmTemperature?: number;
  readonly llmRate?: number;
}

/** Characters of English text to a token, roughly. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * The endpoint of --llm, whose answers are kept in a store; null without one.
 *
 * @throws SvfError `bad-option`, `bad-endpoint`
 */
export function chatEndpoint(options: EndpointOptions, store: Store, signal: AbortSignal): ChatClient | null {
  const { llm, llmModel, llmTemperature, llmRate } = options;
  if (llm === undefined && llmModel === undefined) return null;
  if (llm === undefined || llmModel === undefined) {
    throw new SvfError('--llm and --llm-model go together.', {
      code: 'bad-option',
      path: [llm === undefined ? 'llm' : 'llm-model'],
      remedy: 'Give the address of the endpoint and the name of a model: --llm URL --llm-model NAME.',
    });
  }
  const key = process.env.SVF_LLM_KEY || process.env.OPENAI_API_KEY;
  return new ChatClient({
    url: llm,
    model: llmModel,
    temperature: llmTemperature ?? 0,
    cache: answerCache(store),
    signal,
    ...(key && { key }),
    ...(llmRate !== undefined && { spacing: 60_000 / llmRate }),
  });
}

/** What it will cost, before it starts. */
export function tellPlan(
  options: EndpointOptions & Pick<OutputOptions, 'quiet'>,
  tasks: readonly { readonly signal: Signal; readonly halves: ContextHalves }[],
): void {
  if (options.quiet) return;
  const { calls, characters } = endpointPlan(tasks);
  const tokens = Math.ceil(characters / CHARACTERS_PER_TOKEN);
  process.stderr.write(
    `${count(calls)} calls to ${options.llmModel}, about ${count(tokens)} tokens of prompts; answers of earlier runs are not asked for again.\n`,
  );
}
