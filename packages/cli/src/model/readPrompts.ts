import { SvfError } from '@svf-alignment/core';
import { type Model, promptSet, readPromptFile, type Token } from '@svf-alignment/real-models';
import type { PromptOptions } from '../options/promptOptions.ts';

const COUNT = 32;

/** A prompt in a model's tokens. */
export interface TokenizedPrompt {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** A prompt's text, and where it stands, if it does not stand in the command itself. */
interface PromptText {
  readonly text: string;
  readonly place: string | null;
}

/**
 * The prompts that the options name, in the tokens of the model, with BOS unless that was switched off. All are looked
 * at before anything is computed.
 *
 * @throws SvfError `prompt-too-long`, and those of `readPromptFile`, `promptSet` and `encode`; of a file it says which line
 */
export async function readPrompts(model: Model, options: PromptOptions): Promise<readonly TokenizedPrompt[]> {
  const { tokenizer, prependsBos, shape } = model;
  const bos = options.bos && prependsBos && tokenizer.bos !== null;
  const texts = await promptTexts(model, options);
  return texts.map(({ text, place }) => {
    try {
      const tokens = tokenizer.encode(text, { bos });
      if (tokens.length > shape.context) throw tooLong(tokens.length, shape.context);
      return { text, tokens };
    } catch (error) {
      throw error instanceof SvfError && place !== null ? located(error, place) : error;
    }
  });
}

async function promptTexts(model: Model, options: PromptOptions): Promise<readonly PromptText[]> {
  const { prompt, prompts, generate, count, seed = 0 } = options;
  if (generate !== undefined) {
    const made = promptSet(generate, { count: count ?? COUNT, seed, tokenizer: model.tokenizer });
    return made.map(({ text }) => ({ text, place: null }));
  }
  if (prompts !== undefined) {
    const lines = await readPromptFile(prompts);
    return lines.map(({ text, line }) => ({ text, place: `Line ${line} of ${prompts}` }));
  }
  return [{ text: prompt ?? '', place: null }];
}

function tooLong(received: number, context: number): SvfError {
  return new SvfError(`The prompt has ${received} tokens, more than the model's context of ${context}.`, {
    code: 'prompt-too-long',
    path: ['prompt'],
    expected: `at most ${context} tokens, BOS included`,
    received: `${received} tokens`,
    remedy: 'Shorten the prompt.',
  });
}

function located(error: SvfError, place: string): SvfError {
  const { code, path, expected, received, remedy } = error;
  return new SvfError(`${place}: ${error.message}`, {
    code,
    path: [place, ...path],
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
    ...(remedy !== undefined && { remedy }),
    cause: error,
  });
}
