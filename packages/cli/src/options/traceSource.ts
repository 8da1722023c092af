import { readPromptFile } from '@svf-alignment/real-models';
import type { TraceSource } from '@svf-alignment/reproduction';
import type { TraceOptions } from './traceOptions.ts';

const COUNT = 32;

/**
 * The prompts that the options name. Answers of the command line hold for all of them, before those of a file.
 *
 * @throws SvfError those of `readPromptFile`
 */
export async function traceSource(
  options: Pick<TraceOptions, 'prompt' | 'prompts' | 'generate' | 'count' | 'answer' | 'wrong'>,
): Promise<TraceSource> {
  const { prompt, prompts, generate, count, answer, wrong } = options;
  if (generate !== undefined) return { generate, count: count ?? COUNT };
  const lines = prompts === undefined ? [{ text: prompt ?? '' }] : await readPromptFile(prompts);
  return {
    texts: lines.map((line: { text: string; answer?: string | undefined; wrong?: string | undefined }) => ({
      text: line.text,
      answers: answer ?? (line.answer === undefined ? [] : [line.answer]),
      wrong: wrong ?? line.wrong ?? null,
    })),
  };
}
