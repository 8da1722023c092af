import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CircuitDocument } from '@svf-alignment/circuits';
import { SvfError } from '@svf-alignment/core';
import { prepareFolder, writeWhole } from '@svf-alignment/reproduction';

/** A way to write a circuit. */
type Format = (document: CircuitDocument) => Promise<string>;

/** By the end of a file's name; the first that fits. */
const formats: Readonly<Record<string, Format>> = {
  '.attribution.json': async (document) => {
    const { attributionGraph } = await import('@svf-alignment/circuits');
    return `${JSON.stringify(attributionGraph(document))}\n`;
  },
  '.json': async (document) => `${JSON.stringify(document)}\n`,
  '.graphml': async (document) => {
    const { circuitGraphMl } = await import('@svf-alignment/circuits');
    return circuitGraphMl(document);
  },
  '.html': async (document) => {
    const { circuitPage } = await import('@svf-alignment/circuits');
    return circuitPage(document);
  },
};

/**
 * Makes the folders of files that are to be written, so that a fault is told before anything is computed.
 *
 * @throws SvfError `bad-folder`, also where a file's name is that of a folder
 */
export async function prepareFiles(files: readonly string[]): Promise<void> {
  for (const folder of new Set(files.map((file) => dirname(file)))) await prepareFolder(folder);
  for (const file of files) {
    const entry = await stat(file).catch(() => undefined);
    if (entry?.isDirectory()) throw isFolder(file);
  }
}

function isFolder(file: string): SvfError {
  return new SvfError(`\`${file}\` cannot be written: it is a folder.`, {
    code: 'bad-folder',
    path: ['save'],
    expected: 'a name that no folder has',
    received: file,
    remedy: 'Name another file.',
  });
}

/** Writes a circuit in the format that the file's name ends in, whole or not at all. @throws SvfError `store-write` */
export async function writeCircuit(file: string, document: CircuitDocument): Promise<void> {
  const [, format = formats['.json']] =
    Object.entries(formats).find(([ending]) => file.endsWith(ending)) ?? [];
  await writeWhole(file, await format(document));
}
