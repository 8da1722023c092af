import { readFile, stat } from 'node:fs/promises';
import { type CircuitDocument, circuitDocumentSchema } from '@svf-alignment/circuits';
import { SvfError } from '@svf-alignment/core';

/** Far above any circuit: an edge takes some hundred bytes. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * A circuit that `svf trace` has written.
 *
 * @throws SvfError `circuit-file`
 */
export async function readCircuit(path: string): Promise<CircuitDocument> {
  const unread = (cause: NodeJS.ErrnoException) => {
    throw notCircuit(path, `\`${path}\` cannot be read (${cause.code ?? 'unknown'}).`, cause);
  };
  const { size } = await stat(path).catch(unread);
  if (size > MAX_BYTES) throw notCircuit(path, `\`${path}\` is too large for a circuit.`);
  const text = await readFile(path, 'utf8').catch(unread);
  const parsed = circuitDocumentSchema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  const { path: at = [], message = '' } = parsed.error.issues[0] ?? {};
  const where = at.length === 0 ? '' : ` (${at.join('.')}: ${message})`;
  throw notCircuit(path, `\`${path}\` holds no circuit${where}.`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notCircuit(path: string, message: string, cause?: unknown): SvfError {
  return new SvfError(message, {
    code: 'circuit-file',
    path: ['circuit'],
    expected: 'a circuit as JSON',
    received: path,
    remedy: 'Name a file that `svf trace` has written with --save F.json, --out or --json.',
    cause,
  });
}
