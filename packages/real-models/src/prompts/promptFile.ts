import { open } from 'node:fs/promises';
import { SvfError } from '@svf-alignment/core';
import { z } from 'zod';

/** One prompt of a file. */
export interface FilePrompt {
  /** As it stands in the file, blanks at either end included. */
  readonly text: string;
  /** What should come next; only in JSON lines. */
  readonly answer?: string | undefined;
  /** What should not; only in JSON lines. */
  readonly wrong?: string | undefined;
  /** What families of circuits are compared with; only in JSON lines, null where a line says nothing of the kind. */
  readonly order?: string | null | undefined;
  readonly template?: string | number | null | undefined;
  /** Counted from 1. */
  readonly line: number;
}

/** Far above any list of prompts that could be run. */
const MAX_BYTES = 16 * 1024 * 1024;

const lineSchema = z.object({
  text: z.string().regex(/\S/),
  answer: z.string().min(1).optional(),
  wrong: z.string().min(1).optional(),
  // Labels of other programs' files are passed over, like keys that are not known.
  order: z.string().nullish().catch(null),
  template: z.union([z.string(), z.number()]).nullish().catch(null),
});

/**
 * Reads prompts from a UTF-8 text file, one on each line; lines of white space are passed over. If the first is a JSON
 * object, every line must be one, `{ "text": …, "answer"?: …, "wrong"?: …, "order"?: …, "template"?: … }`; other keys are
 * passed over.
 *
 * @throws SvfError `missing-prompt-file`, `prompt-file-unreadable`, `prompt-file-too-large` above 16 MiB, `bad-prompt-file`
 *   for what is no text or no such object, `empty-prompt-file`
 */
export async function readPromptFile(path: string): Promise<readonly FilePrompt[]> {
  const lines = decoded(await readBounded(path), path)
    .split(/\r\n|\n|\r/)
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text.trim() !== '');
  if (lines.length === 0) {
    throw fault('empty-prompt-file', `${path} holds no prompt.`, path, {
      expected: 'one prompt on each line',
      received: 'no line with text',
      remedy: 'Write at least one prompt into it.',
    });
  }
  return isObject(json(lines[0].text)) ? lines.map((line) => fromJson(line, path)) : lines;
}

function fromJson(
  { text, line }: { readonly text: string; readonly line: number },
  path: string,
): FilePrompt {
  const parsed = lineSchema.safeParse(json(text));
  if (parsed.success) return { ...parsed.data, line };
  const key = parsed.error.issues[0]?.path[0];
  throw fault('bad-prompt-file', `Line ${line} of ${path} is no prompt in JSON.`, path, {
    at: key === undefined ? [line] : [line, String(key)],
    expected: '{ "text": "…" }, if wanted with "answer" and "wrong"',
    received: text.length > 60 ? `${text.slice(0, 60)}…` : text,
    remedy: 'Correct the line; a file whose first line is a JSON object is read as JSON lines.',
  });
}

async function readBounded(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // A stream and not the size on disk: pipes and devices have none.
    const file = await open(path, 'r');
    for await (const chunk of file.createReadStream({ end: MAX_BYTES })) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw missing
      ? fault('missing-prompt-file', `There is no file ${path}.`, path, {
          expected: 'a text file',
          received: 'no such file',
          remedy: 'Check the path; it is taken from the current folder.',
        })
      : fault('prompt-file-unreadable', `${path} cannot be read (${code}).`, path, {
          expected: 'a text file that may be read',
          received: code,
          remedy: 'Give the path of a text file.',
          cause,
        });
  }
  if (size <= MAX_BYTES) return Buffer.concat(chunks);
  throw fault('prompt-file-too-large', `${path} is too large for a list of prompts.`, path, {
    expected: `at most ${MAX_BYTES} bytes`,
    received: 'more',
    remedy: 'Split the file, or check that it is the right one.',
  });
}

function decoded(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // No UTF-8: told below like any other file that is no text.
  }
  throw fault('bad-prompt-file', `${path} is no text in UTF-8.`, path, {
    expected: 'text in UTF-8, one prompt on each line',
    received: 'other bytes',
    remedy: 'Save the file as UTF-8, or check that it is the right one.',
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault(
  code: string,
  message: string,
  path: string,
  {
    at = [],
    ...details
  }: { at?: (string | number)[]; expected: string; received: string; remedy: string; cause?: unknown },
): SvfError {
  return new SvfError(message, { code, path: [path, ...at], ...details });
}
