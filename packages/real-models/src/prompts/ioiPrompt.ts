import type { GeneratedPrompt } from './generatedPrompt.ts';
import type { PromptTemplate } from './promptSetDraw.ts';
import { filledTemplate } from './promptSetTemplate.ts';

/** What a template's places are filled with. */
export interface IoiWords {
  readonly giver: string;
  readonly receiver: string;
  readonly place: string;
  readonly object: string;
}

/** Fills one template and finds its roles. A role's range takes the blank before its word, where BPE tokens begin. */
export function ioiPrompt(
  template: PromptTemplate,
  order: 'ABBA' | 'BABA',
  { giver, receiver, place, object }: IoiWords,
): GeneratedPrompt {
  const first = order === 'ABBA' ? receiver : giver;
  const second = order === 'ABBA' ? giver : receiver;
  const words = { A: first, B: second, S: giver, PLACE: place, OBJECT: object };
  const { text, ranges } = filledTemplate(template.text, words);
  const S1 = ranges[order === 'ABBA' ? 'B' : 'A'];
  const next = /^( ?\w+|[^\w\s])/.exec(text.slice(S1[1]))?.[0] ?? '';
  return {
    text,
    answer: receiver,
    wrong: giver,
    template: template.index,
    order,
    roles: {
      S1,
      'S1+1': [S1[1], S1[1] + next.length],
      IO: ranges[order === 'ABBA' ? 'A' : 'B'],
      S2: ranges.S,
      END: [text.lastIndexOf(' '), text.length],
    },
  };
}
