import { SvfError } from '@svf-alignment/core';
import type { PromptOptions } from './promptOptions.ts';

/**
 * Sees whether a command has prompts, if it needs any, and no count of prompts that it does not generate: before anything
 * is opened.
 *
 * @param command.single whether it has --prompt
 * @param command.needed whether it cannot do without
 * @throws SvfError `bad-option`
 */
export function demandPrompts(
  { prompt, prompts, generate, count }: Partial<PromptOptions>,
  { single, needed }: { readonly single: boolean; readonly needed: boolean },
): void {
  if (generate !== undefined) return;
  const isWritten = prompt !== undefined || prompts !== undefined;
  if (count !== undefined && (needed || isWritten)) {
    throw badOption('count', '--count goes with --generate.', 'Add --generate TASK.');
  }
  if (isWritten || !needed) return;
  const one = single ? '--prompt TEXT, ' : '';
  throw badOption('prompt', 'There is no prompt.', `Add ${one}--prompts FILE or --generate ioi.`);
}

function badOption(name: string, message: string, remedy: string): SvfError {
  return new SvfError(message, { code: 'bad-option', path: [name], remedy });
}
