import { type RandomStream, randomStream } from '@svf-alignment/core';
import type { GeneratedPrompt } from './generatedPrompt.ts';
import { ioiLexicon } from './ioiLexicon.ts';
import { ioiPrompt } from './ioiPrompt.ts';
import { ioiTemplates } from './ioiTemplates.ts';
import {
  acceptedWords,
  checkDraw,
  chosenTemplates,
  type PromptDraw,
  type PromptTemplate,
  pick,
} from './promptSetDraw.ts';

export type IoiOrder = 'ABBA' | 'BABA';

/** What indirect-object prompts are drawn from. */
export interface IoiLanguage extends Omit<PromptDraw, 'count'> {
  /** `ABBA`: the receiver is named first, then the giver; `BABA`: the giver first. Default: both. */
  readonly order?: IoiOrder | undefined;
}

/**
 * Indirect-object prompts such as "When Mary and John went to the store, John gave a drink to" (answer `Mary`, wrong
 * `John`): template, order and words of each are drawn independently and uniformly.
 *
 * @param count a positive integer
 * @throws SvfError `bad-count`, `bad-seed`, `unknown-template`, `too-few-words` if `accept` leaves fewer than two names or no place
 *   or no object
 */
export function ioiPrompts({ count, ...language }: IoiLanguage & { count: number }): GeneratedPrompt[] {
  checkDraw({ count, seed: language.seed });
  const { templates, orders, draw } = prepare(language, 'ioi-prompts');
  return Array.from({ length: count }, () =>
    draw((stream) => [pick(templates, stream), pick(orders, stream)]),
  );
}

/**
 * As many prompts of every template in every order: template by template, `ABBA` before `BABA`, words drawn
 * independently and uniformly.
 *
 * @param perGroup a positive integer; the result has `perGroup` × templates × orders prompts
 * @throws SvfError as {@link ioiPrompts}
 */
export function balancedIoiPrompts({
  perGroup,
  ...language
}: IoiLanguage & { perGroup: number }): GeneratedPrompt[] {
  checkDraw({ count: perGroup, seed: language.seed }, 'perGroup');
  const { templates, orders, draw } = prepare(language, 'ioi-prompts-balanced');
  return templates.flatMap((template) =>
    orders.flatMap((order) => Array.from({ length: perGroup }, () => draw(() => [template, order]))),
  );
}

function prepare({ seed, accept, templates, order }: IoiLanguage, streamName: string) {
  const names = acceptedWords('names', ioiLexicon.names, accept, 2);
  const places = acceptedWords('places', ioiLexicon.places, accept);
  const objects = acceptedWords('objects', ioiLexicon.objects, accept);
  const stream = randomStream(seed, streamName);
  const draw = (choose: (stream: RandomStream) => readonly [PromptTemplate, IoiOrder]): GeneratedPrompt => {
    const [template, chosenOrder] = choose(stream);
    const giver = pick(names, stream);
    const receiver = pick(
      names.filter((name) => name !== giver),
      stream,
    );
    const words = { giver, receiver, place: pick(places, stream), object: pick(objects, stream) };
    return ioiPrompt(template, chosenOrder, words);
  };
  const orders: readonly IoiOrder[] = order === undefined ? ['ABBA', 'BABA'] : [order];
  return { templates: chosenTemplates(ioiTemplates, templates), orders, draw };
}
