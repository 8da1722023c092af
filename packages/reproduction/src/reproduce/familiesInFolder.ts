import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type CircuitDocument,
  type CircuitSetKind,
  circuitFamilies,
  circuitPage,
  type Dendrogram,
} from '@svf-alignment/circuits';
import { SvfError } from '@svf-alignment/core';
import { blockedMap } from '../experiments/families/blockedMap.ts';
import { clustermap } from '../experiments/families/clustermap.ts';
import { familyGraph, SHARE } from '../experiments/families/familyGraph.ts';
import { familyPair } from '../experiments/families/familyPair.ts';
import type { FamilyPrompt } from '../experiments/families/familyPrompt.ts';
import { type FamilyReport, familyReport } from '../experiments/families/familyReport.ts';
import { ANSWER } from '../experiments/families/traceAll.ts';
import { renderPng } from '../figures/renderPng.ts';
import { storeFault } from '../lab/storeFault.ts';
import { prepareFolder } from './prepareFolder.ts';
import { type FolderTracesOptions, tracesInFolder } from './tracesInFolder.ts';
import { writeWhole } from './writeWhole.ts';

export interface FolderFamiliesOptions
  extends Omit<FolderTracesOptions, 'prompts' | 'objective' | 'threshold' | 'interventions'> {
  readonly prompts: readonly FamilyPrompt[];
  readonly kind: CircuitSetKind;
  /** Into how many clusters the dendrogram is cut; null for the first cut that gives two families of some size, or 2. */
  readonly clusters: number | null;
}

export interface FolderFamilies extends FamilyReport {
  readonly model: { readonly name: string; readonly hash: string };
  readonly kind: CircuitSetKind;
  /** Circuits without an edge: all of them are equal. */
  readonly empty: number;
  readonly seed: number;
}

/** Their distances take 0.9 GB. */
const MOST_PROMPTS = 15_000;
/** Blocks of the drawn map: neighbours in the dendrogram are put together where there are more circuits. */
const BLOCKS = 120;
const WRITTEN = /^((family|template)-\d+|family-\d+-average)\.(html|json)$/;

/**
 * Traces prompts for their answers and groups their circuits. The folder gets `circuits/`, as `tracesInFolder` writes it and
 * goes on from; `families.json`; `clustermap.png`, distances in the order of the dendrogram; the representatives as pages:
 * `family-1.html` and on, and `template-0.html` and on for templates; and the averaged circuit of each family that has
 * edges as `family-1-average.html` and `.json`. Such files of another run are removed.
 *
 * @throws SvfError `clusters-out-of-range` and `too-many-prompts`, before anything is traced, and those of {@link tracesInFolder}
 */
export async function familiesInFolder(options: FolderFamiliesOptions): Promise<FolderFamilies> {
  const { prompts, kind, clusters, seed, signal, ...shared } = options;
  demandFew(prompts.length);
  demandClusters(clusters, prompts.length);
  await prepareFolder(options.folder);
  const folder = resolve(options.folder);
  const traces = await tracesInFolder({
    ...shared,
    prompts: prompts.map(({ text, answers, wrong }) => ({ text, answers, wrong })),
    objective: ANSWER,
    threshold: 'dynamic',
    interventions: 0,
    seed,
    folder: join(folder, 'circuits'),
    ...(signal && { signal }),
  });
  const files = traces.circuits.map(({ file }) => join(folder, 'circuits', file));
  const documents: CircuitDocument[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    documents.push(await readCircuit(file));
  }
  const found = circuitFamilies(documents, prompts, {
    kind,
    cut: (tree) => ({ clusters: clusters ?? familyPair(tree, documents)?.clusters ?? fewest(tree) }),
  });
  const families: FolderFamilies = {
    ...familyReport(found, prompts, seed),
    model: traces.model,
    kind,
    empty: traces.empty,
    seed,
  };
  const representatives = [
    ...families.clusters.map(({ representative }, i) => [`family-${i + 1}.html`, representative] as const),
    ...families.templates.map(
      ({ template, representative }) => [`template-${template}.html`, representative] as const,
    ),
  ];
  const written = new Set<string>();
  const write = async (name: string, text: string) => {
    written.add(name);
    await writeWhole(join(folder, name), text);
  };
  for (const [name, representative] of representatives) {
    await write(name, circuitPage(documents[representative]));
  }
  for (const [i, family] of found.families.entries()) {
    const average = familyGraph(documents, prompts, family, SHARE);
    if (average.edges.length === 0) continue;
    await write(`family-${i + 1}-average.html`, circuitPage(average));
    await write(`family-${i + 1}-average.json`, `${JSON.stringify(average)}\n`);
  }
  for (const name of await readdir(folder)) {
    if (WRITTEN.test(name) && !written.has(name)) await rm(join(folder, name), { force: true });
  }
  const map = clustermap(blockedMap(found, prompts, BLOCKS));
  await writeWhole(join(folder, 'clustermap.png'), await renderPng(map));
  await writeWhole(join(folder, 'families.json'), `${JSON.stringify(families, null, 2)}\n`);
  return families;
}

/** Two, unless all circuits are equal. */
function fewest({ dendrogram }: { readonly dendrogram: Dendrogram }): number {
  return dendrogram.merges.some(({ height }) => height > 0) ? 2 : 1;
}

function demandFew(prompts: number): void {
  if (prompts <= MOST_PROMPTS) return;
  throw new SvfError(`${prompts} circuits are too many to be compared with each other.`, {
    code: 'too-many-prompts',
    path: ['prompts'],
    expected: `at most ${MOST_PROMPTS}`,
    received: String(prompts),
    remedy: 'Take a sample of the prompts.',
  });
}

function demandClusters(clusters: number | null, circuits: number): void {
  if (clusters === null || (Number.isInteger(clusters) && clusters >= 1 && clusters <= circuits)) return;
  throw new SvfError(`${circuits} circuits cannot make ${clusters} clusters.`, {
    code: 'clusters-out-of-range',
    path: ['clusters'],
    expected: `an integer in [1, ${circuits}]`,
    received: String(clusters),
    remedy: 'Ask for fewer clusters, or for more prompts.',
  });
}

async function readCircuit(file: string): Promise<CircuitDocument> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CircuitDocument;
  } catch (error) {
    throw storeFault('read', file, error);
  }
}
