import { SvfError } from '@svf-alignment/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeneratedPrompt } from '../../src/prompts/generatedPrompt.ts';
import { ioiLexicon } from '../../src/prompts/ioiLexicon.ts';
import { balancedIoiPrompts, ioiPrompts } from '../../src/prompts/ioiPrompts.ts';
import { ioiTemplates } from '../../src/prompts/ioiTemplates.ts';

const at = ({ text, roles }: GeneratedPrompt, role: string): string => text.slice(...(roles[role] ?? [0, 0]));
const caught = (run: () => unknown): SvfError => {
  try {
    run();
  } catch (error) {
    if (error instanceof SvfError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('indirect-object prompts', () => {
  it("include the paper's and the best known one, word by word", () => {
    const only = (words: readonly string[]) => (word: string) => words.includes(word);
    const paper = ioiPrompts({
      count: 64,
      seed: 0,
      templates: [0],
      order: 'BABA',
      accept: only(['Simon', 'Andrew', 'restaurant', 'basketball']),
    }).map(({ text }) => text);
    expect(paper).toContain(
      'Then, Simon and Andrew were working at the restaurant. Simon decided to give a basketball to',
    );
    const known = ioiPrompts({
      count: 64,
      seed: 0,
      templates: [1],
      order: 'ABBA',
      accept: only(['Mary', 'John', 'store', 'drink']),
    });
    const prompt = known.find(({ answer }) => answer === 'Mary');
    expect(prompt).toEqual({
      text: 'When Mary and John went to the store, John gave a drink to',
      answer: 'Mary',
      wrong: 'John',
      template: 1,
      order: 'ABBA',
      roles: { S1: [13, 18], 'S1+1': [18, 23], IO: [4, 9], S2: [37, 42], END: [55, 58] },
    });
  });

  it('have their roles where they say, each with the blank before it', () => {
    const separators = new Set<string>();
    for (const prompt of balancedIoiPrompts({ perGroup: 4, seed: 3 })) {
      const [subject, receiver] = [` ${prompt.wrong}`, ` ${prompt.answer}`];
      expect([at(prompt, 'S1'), at(prompt, 'S2'), at(prompt, 'IO'), at(prompt, 'END')]).toEqual([
        subject,
        subject,
        receiver,
        ' to',
      ]);
      const { S1, S2, IO, END } = prompt.roles;
      expect(S1[0]).toBe(prompt.text.indexOf(subject));
      expect(S2[0]).toBe(prompt.text.lastIndexOf(subject));
      expect(S1[0]).toBeLessThan(S2[0]);
      expect(prompt.order).toBe(IO[0] < S1[0] ? 'ABBA' : 'BABA');
      expect(END[1]).toBe(prompt.text.length);
      expect(prompt.roles['S1+1'][0]).toBe(S1[1]);
      separators.add(at(prompt, 'S1+1'));
      expect(prompt.text).not.toMatch(/[{}]|\ba [aeiou]/);
    }
    for (const next of separators) expect(next).toMatch(/^ [a-z]+$/);
  });

  it('name the giver twice and the receiver once, from the lexicon', () => {
    const names = new Set<string>(ioiLexicon.names);
    for (const { text, answer, wrong } of ioiPrompts({ count: 300, seed: 8 })) {
      const found = (text.match(/\w+/g) ?? []).filter((word) => names.has(word));
      expect(found.toSorted()).toEqual([answer, wrong, wrong].toSorted());
    }
  });

  it('are the same for the same seed, and a longer list continues a shorter one', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 20 }), (seed, count) => {
        const prompts = ioiPrompts({ count, seed });
        expect(ioiPrompts({ count: count + 5, seed }).slice(0, count)).toEqual(prompts);
      }),
      { numRuns: 30 },
    );
    expect(ioiPrompts({ count: 5, seed: 1 })).not.toEqual(ioiPrompts({ count: 5, seed: 2 }));
  });

  it('are drawn from all templates, orders and words alike', () => {
    const count = 12_000;
    const prompts = ioiPrompts({ count, seed: 5 });
    const tally = new Map<string, number>();
    const add = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
    for (const { template, order, answer, wrong } of prompts) {
      add(`template ${template} ${order}`);
      add(`answer ${answer}`);
      add(`wrong ${wrong}`);
    }
    const groups = 2 * ioiTemplates.length;
    const names = ioiLexicon.names.length;
    expect(tally.size).toBe(groups + 2 * names);
    for (const [key, seen] of tally) {
      const expected = count / (key.startsWith('template') ? groups : names);
      // Six standard deviations of a Poisson count.
      expect(Math.abs(seen - expected), key).toBeLessThan(6 * Math.sqrt(expected));
    }
  });

  it('are balanced on request', () => {
    const prompts = balancedIoiPrompts({ perGroup: 3, seed: 1, templates: [4, 2] });
    expect(prompts.map(({ template, order }) => `${template} ${order}`)).toEqual(
      ['4 ABBA', '4 BABA', '2 ABBA', '2 BABA'].flatMap((group) => [group, group, group]),
    );
    const all = balancedIoiPrompts({ perGroup: 1, seed: 1, order: 'BABA' });
    expect(all.map(({ template }) => template)).toEqual([...ioiTemplates.keys()]);
  });

  it('leave out what is not accepted', () => {
    const refused = new Set(['Mary', 'John', 'restaurant', 'drink']);
    const prompts = ioiPrompts({ count: 500, seed: 2, accept: (word) => !refused.has(word) });
    for (const { text } of prompts) expect(text).not.toMatch(/Mary|John|restaurant|drink/);
  });

  it.each([
    [
      'too-few-words',
      ['accept', 'names'],
      { accept: (word: string) => word === 'Adam' || /^[a-z]/.test(word) },
    ],
    ['too-few-words', ['accept', 'places'], { accept: (word: string) => /^[A-Z]/.test(word) }],
    ['unknown-template', ['templates'], { templates: [0, 15] }],
    ['unknown-template', ['templates'], { templates: [] }],
    ['unknown-template', ['templates'], { templates: [0.5] }],
    ['bad-count', ['count'], { count: 0 }],
    ['bad-count', ['count'], { count: 1.5 }],
    ['bad-seed', ['seed'], { seed: Number.NaN }],
  ])('refuse with %s at %j', (code, path, options) => {
    const error = caught(() => ioiPrompts({ count: 1, seed: 0, ...options }));
    expect([error.code, error.path]).toEqual([code, path]);
    // A whole sentence that says what to do.
    expect(error.remedy).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('refuse a balanced set of nothing', () => {
    expect(caught(() => balancedIoiPrompts({ perGroup: 0, seed: 0 })).path).toEqual(['perGroup']);
  });
});

describe('the lexicon', () => {
  it('has no word twice and no object that begins with a vowel', () => {
    const words = Object.values(ioiLexicon).flat();
    expect(new Set(words).size).toBe(words.length);
    for (const object of ioiLexicon.objects) expect(object).toMatch(/^[^aeiou][a-z]+$/);
  });
});
