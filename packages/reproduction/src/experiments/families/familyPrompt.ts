import type { PromptLabel } from '@svf-alignment/circuits';
import { balancedIoiSet, locateRoles, type Model, type Role } from '@svf-alignment/real-models';
import type { TraceText } from '../circuits/tracePrompt.ts';

/** A prompt as it is traced, with what families are compared to. */
export type FamilyPrompt = TraceText &
  PromptLabel & {
    /** Which token plays each role, BOS counted. */
    readonly roles: Readonly<Record<Role, number>>;
  };

/**
 * A balanced set of indirect-object prompts in the words of a model, answers as ids of tokens.
 *
 * @param options.perTemplate prompts of each template in each order
 * @param options.bos whether BOS comes before each prompt; by default as the family does it, if the tokenizer has one
 * @throws SvfError those of `balancedIoiSet` and `locateRoles`
 */
export function familyPrompts(
  { tokenizer, prependsBos }: Pick<Model, 'tokenizer' | 'prependsBos'>,
  options: {
    readonly perTemplate: number;
    readonly seed: number;
    readonly bos?: boolean | undefined;
  },
): readonly FamilyPrompt[] {
  const { perTemplate, seed, bos = prependsBos && tokenizer.bos !== null } = options;
  const id = (word: string) => `#${tokenizer.encode(` ${word}`, { bos: false })[0].id}`;
  return balancedIoiSet({ perGroup: perTemplate, seed, tokenizer }).map((prompt) => {
    const { text, answer, wrong, order, template } = prompt;
    return {
      text,
      answers: [id(answer)],
      wrong: id(wrong),
      order,
      template,
      roles: locateRoles(prompt, tokenizer.encode(text, { bos })),
    };
  });
}
