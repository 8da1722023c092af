import { basename, join } from 'node:path';
import { type CircuitDocument, circuitPage, edgeInterpretations } from '@svf-alignment/circuits';
import { type InterpretedSignal, writeWhole } from '@svf-alignment/reproduction';

/** A circuit, and the file that it was read from; without one it was traced just now. */
export interface InterpretedCircuit {
  readonly document: CircuitDocument;
  readonly file?: string;
}

/**
 * Writes the page of each circuit with interpretations on its edges: `NAME.html` of `NAME.json`, `circuit-00001.html` and on of
 * circuits that have no file.
 *
 * @param interpreter what wrote the interpretations
 * @returns the files
 * @throws SvfError `store-write`
 */
export async function writeInterpretedPages(
  folder: string,
  circuits: readonly InterpretedCircuit[],
  signals: readonly InterpretedSignal[],
  interpreter: string,
): Promise<string[]> {
  const files: string[] = [];
  for (const [i, { document, file }] of circuits.entries()) {
    const interpretations = edgeInterpretations(document, signals);
    const told = interpretations.filter((text) => text !== null).length;
    const html = circuitPage(document, {
      interpretations,
      facts: [['Interpretations', `${interpreter}, on ${told} of ${document.edges.length} edges`]],
    });
    const page = join(
      folder,
      freeName(
        nameOf(file, i),
        files.map((path) => basename(path)),
      ),
    );
    await writeWhole(page, html);
    files.push(page);
  }
  return files;
}

function nameOf(file: string | undefined, index: number): string {
  if (file === undefined) return `circuit-${String(index + 1).padStart(5, '0')}`;
  return basename(file).replace(/\.json$/, '');
}

/** Circuits of two folders may have one name. */
function freeName(name: string, taken: readonly string[]): string {
  let free = `${name}.html`;
  for (let number = 2; taken.includes(free); number += 1) free = `${name}-${number}.html`;
  return free;
}
