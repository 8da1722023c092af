import { SvfError } from '@svf-alignment/core';
import {
  type GeneratedPrompt,
  type Model,
  type ModelShape,
  type PromptSetName,
  promptSet,
  type Token,
} from '@svf-alignment/real-models';

/** Where the prompts of circuits come from, as plain data. */
export type TraceSource =
  /** Of a task, drawn by the seed in words that the model knows. */
  { readonly generate: PromptSetName; readonly count: number } | { readonly texts: readonly TraceText[] };

/** A prompt as a user gives it. */
export type TraceText = {
  readonly text: string;
  /** What is right next, the first before others, as `ModelTokenizer.single` takes tokens; empty where nothing says so. */
  readonly answers: readonly string[];
  readonly wrong: string | null;
};

/** A prompt in the tokens of a model. */
export interface TracePrompt {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Ids of what is right next. */
  readonly answers: readonly number[];
  readonly wrong: number | null;
}

/**
 * The prompts of a source, as a model reads them.
 *
 * @param options.bos whether BOS comes before each prompt; by default as the family does it, if the tokenizer has one
 * @throws SvfError those of `promptSet` and the tokenizer, `prompt-too-long`; of several texts it says which
 */
export function tracePrompts(
  source: TraceSource,
  model: Pick<Model, 'tokenizer' | 'prependsBos' | 'shape'>,
  {
    seed,
    bos = model.prependsBos && model.tokenizer.bos !== null,
  }: { readonly seed: number; readonly bos?: boolean | undefined },
): readonly TracePrompt[] {
  const { tokenizer } = model;
  if ('texts' in source) {
    return source.texts.map(({ text, answers, wrong }, index) => {
      try {
        return {
          text,
          tokens: demandFitting(tokenizer.encode(text, { bos }), model.shape),
          answers: answers.map((answer) => tokenizer.single(answer)),
          wrong: wrong === null ? null : tokenizer.single(wrong),
        };
      } catch (error) {
        throw source.texts.length > 1 && error instanceof SvfError ? located(error, index) : error;
      }
    });
  }
  const { generate, count } = source;
  // The second half of a year stands without a blank, everything else with one.
  const blank = generate === 'greater-than' ? '' : ' ';
  const id = (word: string) => tokenizer.encode(`${blank}${word}`, { bos: false })[0].id;
  return promptSet(generate, { count, seed, tokenizer }).map((prompt) => ({
    text: prompt.text,
    tokens: demandFitting(tokenizer.encode(prompt.text, { bos }), model.shape),
    answers: answersOf(prompt).map(id),
    wrong: id(prompt.wrong),
  }));
}

function demandFitting(tokens: readonly Token[], { context }: Pick<ModelShape, 'context'>): readonly Token[] {
  if (tokens.length <= context) return tokens;
  throw new SvfError(`The prompt is longer than the model's context of ${context} tokens.`, {
    code: 'prompt-too-long',
    path: ['tokens'],
    expected: `at most ${context} tokens, BOS included`,
    received: `${tokens.length} tokens`,
    remedy: 'Shorten the prompt.',
  });
}

function located(error: SvfError, index: number): SvfError {
  const { code, path, expected, received, remedy } = error;
  return new SvfError(`Prompt ${index + 1}: ${error.message}`, {
    code,
    path: ['prompts', index, ...path],
    ...(expected !== undefined && { expected }),
    ...(received !== undefined && { received }),
    ...(remedy !== undefined && { remedy }),
    cause: error,
  });
}

/** Right answers, that of the prompt first. */
function answersOf({ answer, answers = [] }: GeneratedPrompt): readonly string[] {
  return [answer, ...answers.filter((other) => other !== answer)];
}
