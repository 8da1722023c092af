import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPromptFile } from '../../src/prompts/promptFile.ts';
import { withFolder } from '../tokenizer/trainedTokenizer.ts';

const reading = (content: string) =>
  withFolder({ prompts: content }, (folder) => readPromptFile(join(folder, 'prompts')));

describe('a file of prompts', () => {
  it('has one on each line, whatever ends it, and keeps blanks', async () => {
    const text = '\ufeffWhen Mary \r\n\r\n  \t\nZoë 😀\n{ so it began\rthe end';
    expect(await reading(text)).toEqual([
      { text: 'When Mary ', line: 1 },
      { text: 'Zoë 😀', line: 4 },
      { text: '{ so it began', line: 5 },
      { text: 'the end', line: 6 },
    ]);
  });

  it('may be JSON lines', async () => {
    const text =
      '{"text":"a b","answer":"c","wrong":"d","order":"ABBA","template":7,"roles":{}}\n\n{"text":"\\u00e9"}\n';
    expect(await reading(text)).toEqual([
      { text: 'a b', answer: 'c', wrong: 'd', order: 'ABBA', template: 7, line: 1 },
      { text: 'é', line: 3 },
    ]);
  });

  it('passes over labels of another kind', async () => {
    const lines = ['{"text":"a","order":null,"template":"tech"}', '{"text":"b","order":3,"template":[1]}'];
    expect(await reading(lines.join('\n'))).toEqual([
      { text: 'a', order: null, template: 'tech', line: 1 },
      { text: 'b', order: null, template: null, line: 2 },
    ]);
  });

  it.each<[what: string, line: string, at: (string | number)[]]>([
    ['no text', '{"answer":"c"}', [2, 'text']],
    ['blank text', '{"text":" "}', [2, 'text']],
    ['an answer that is a number', '{"text":"a","answer":3}', [2, 'answer']],
    ['a line that is no JSON', 'a b', [2]],
    ['a list', '["a"]', [2]],
  ])('is refused for %s among JSON lines', async (_, line, at) => {
    await expect(reading(`{"text":"a"}\n${line}`)).rejects.toMatchObject({
      code: 'bad-prompt-file',
      path: [expect.any(String), ...at],
    });
  });

  it.each([
    ['empty', '', 'empty-prompt-file'],
    ['blank', ' \n\r\n', 'empty-prompt-file'],
    ['binary', 'a\0b', 'bad-prompt-file'],
  ])('is refused when it is %s', async (_, content, code) => {
    await expect(reading(content)).rejects.toMatchObject({ code });
  });

  it('is refused when it is missing, a folder, Latin-1 or too large', async () => {
    await withFolder({ prompts: 'a' }, async (folder) => {
      const file = join(folder, 'prompts');
      await expect(readPromptFile(join(folder, 'none'))).rejects.toMatchObject({
        code: 'missing-prompt-file',
      });
      await expect(readPromptFile(join(file, 'none'))).rejects.toMatchObject({ code: 'missing-prompt-file' });
      await expect(readPromptFile(folder)).rejects.toMatchObject({
        code: 'prompt-file-unreadable',
        received: 'EISDIR',
      });
      await truncate(file, 16 * 1024 * 1024 + 1);
      await expect(readPromptFile(file)).rejects.toMatchObject({ code: 'prompt-file-too-large' });
    });
    const latin1 = withFolder({}, async (folder) => {
      await writeFile(join(folder, 'prompts'), Buffer.from([0x5a, 0x6f, 0xeb]));
      return readPromptFile(join(folder, 'prompts'));
    });
    await expect(latin1).rejects.toMatchObject({ code: 'bad-prompt-file' });
  });
});
