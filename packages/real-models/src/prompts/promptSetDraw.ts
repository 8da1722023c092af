import { type RandomStream, SvfError } from '@svf-alignment/core';

/** What every generator of prompts is asked. */
export interface PromptDraw {
  /** How many prompts; a positive integer. */
  readonly count: number;
  /** An integer; the same seed and options give the same prompts on every machine. */
  readonly seed: number;
  /**
   * Whether a word may occur: as a rule, whether the model's tokenizer makes one token of it with a blank before it. The
   * word is given without the blank. Default: all words.
   */
  readonly accept?: ((word: string) => boolean) | undefined;
  /** Indices into the task's templates. Default: all. */
  readonly templates?: readonly number[] | undefined;
}

/** A template and its index among those of the task. */
export interface PromptTemplate {
  readonly index: number;
  readonly text: string;
}

/**
 * @param name what the caller calls the count
 * @throws SvfError `bad-count`, `bad-seed`
 */
export function checkDraw({ count, seed }: Pick<PromptDraw, 'count' | 'seed'>, name = 'count'): void {
  if (!(Number.isSafeInteger(count) && count > 0)) {
    throw new SvfError(`${name} is no number of prompts.`, {
      code: 'bad-count',
      path: [name],
      expected: 'a positive integer',
      received: String(count),
      remedy: `Ask for ${name}: 128, for instance.`,
    });
  }
  if (Number.isSafeInteger(seed)) return;
  throw new SvfError('The seed of the prompts is no integer.', {
    code: 'bad-seed',
    path: ['seed'],
    expected: 'an integer between -2^53 and 2^53',
    received: String(seed),
    remedy: 'Give an integer, 0 for instance.',
  });
}

/** The chosen templates with their indices. @throws SvfError `unknown-template` for others, or none */
export function chosenTemplates(
  templates: readonly string[],
  chosen: readonly number[] = [...templates.keys()],
): PromptTemplate[] {
  const found = chosen.map((index) => ({ index, text: templates[index] }));
  const unknown = found.find(({ text }) => text === undefined);
  if (found.length > 0 && unknown === undefined) return found;
  throw new SvfError('There is no such template.', {
    code: 'unknown-template',
    path: ['templates'],
    expected: `some of 0 to ${templates.length - 1}`,
    received: unknown === undefined ? 'an empty list' : String(unknown.index),
    remedy: 'Leave templates out to use all of them.',
  });
}

/** @throws SvfError `too-few-words` if fewer than `needed` of the words are accepted */
export function acceptedWords(
  kind: string,
  words: readonly string[],
  accept: ((word: string) => boolean) | undefined,
  needed = 1,
): readonly string[] {
  const accepted = accept === undefined ? words : words.filter((word) => accept(word));
  if (accepted.length >= needed) return accepted;
  throw new SvfError(`Too few ${kind} of the prompts are accepted.`, {
    code: 'too-few-words',
    path: ['accept', kind],
    expected: `at least ${needed} of ${words.length} ${kind}`,
    received: accepted.length === 0 ? 'none' : accepted.join(', '),
    remedy: 'Use a model that has these words as single tokens, or your own prompts in a file.',
  });
}

export function pick<T>(items: readonly T[], stream: RandomStream): T {
  return items[stream.integer(items.length)];
}
