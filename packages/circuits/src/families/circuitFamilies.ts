import { SvfError } from '@svf-alignment/core';
import type { GeneratedPrompt } from '@svf-alignment/real-models';
import type { CircuitDocument } from '../circuit/circuitDocument.ts';
import { averageLinkage } from './averageLinkage.ts';
import { type CircuitSetKind, circuitElements } from './circuitElements.ts';
import type { CondensedDistances } from './condensedDistances.ts';
import { cutAtCount, cutAtHeight, type Dendrogram } from './dendrogram.ts';
import { elementSets } from './elementSets.ts';
import { groupMembers } from './groupMembers.ts';
import { jaccardDistances } from './jaccardDistances.ts';
import { medoid } from './medoid.ts';

/** What is known of the prompt of a circuit; null where nothing is. */
export interface PromptLabel {
  readonly order: GeneratedPrompt['order'];
  readonly template: GeneratedPrompt['template'] | null;
}

export interface FamilyOptions {
  /** `triples` by default. */
  readonly kind?: CircuitSetKind;
  /** Where the dendrogram is cut; may depend on it. */
  readonly cut: FamilyCut | ((tree: Pick<CircuitFamilies, 'distances' | 'dendrogram'>) => FamilyCut);
}

/** Into so many clusters, or at a height. */
export type FamilyCut = { readonly clusters: number } | { readonly height: number };

/** Circuits that belong together. */
export interface CircuitFamily {
  readonly size: number;
  /** Indices of its circuits, ascending. */
  readonly members: readonly number[];
  /** How many have each order; those without one count nowhere. */
  readonly orders: Readonly<Record<string, number>>;
  /** How many have each template, by its number; those without one count nowhere. */
  readonly templates: Readonly<Record<number, number>>;
  /** Index of its medoid. */
  readonly representative: number;
}

export interface CircuitFamilies {
  readonly distances: CondensedDistances;
  readonly dendrogram: Dendrogram;
  /** The family of each circuit: an index of `families`. */
  readonly labels: Uint32Array;
  /** Largest first, else by their first circuit. */
  readonly families: readonly CircuitFamily[];
}

/**
 * Groups circuits of many prompts into families (attention-circuits §6): Jaccard distances of their sets, average linkage,
 * a cut, and the medoid of each cluster.
 *
 * @param labels of each document's prompt
 * @throws SvfError `label-count-mismatch`, `clusters-out-of-range`
 */
export function circuitFamilies(
  documents: readonly CircuitDocument[],
  labels: readonly PromptLabel[],
  { kind = 'triples', cut }: FamilyOptions,
): CircuitFamilies {
  if (documents.length !== labels.length) {
    throw new SvfError('Every circuit needs the label of its prompt.', {
      code: 'label-count-mismatch',
      path: ['labels'],
      expected: `${documents.length} labels`,
      received: `${labels.length}`,
      remedy: 'Give labels in the order of the circuits.',
    });
  }
  const distances = jaccardDistances(
    elementSets(documents.map((document) => circuitElements(document, kind))),
  );
  const dendrogram = averageLinkage(distances);
  const place = typeof cut === 'function' ? cut({ distances, dendrogram }) : cut;
  const clusters =
    'clusters' in place ? cutAtCount(dendrogram, place.clusters) : cutAtHeight(dendrogram, place.height);
  const families = groupMembers(Array.from(clusters))
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([, members]) => family(distances, members, labels));
  const numbered = new Uint32Array(documents.length);
  for (const [index, { members }] of families.entries()) {
    for (const member of members) numbered[member] = index;
  }
  return { distances, dendrogram, labels: numbered, families };
}

function family(
  distances: CondensedDistances,
  members: readonly number[],
  labels: readonly PromptLabel[],
): CircuitFamily {
  const orders: Record<string, number> = {};
  const templates: Record<number, number> = {};
  for (const { order, template } of members.map((member) => labels[member])) {
    if (order !== null) orders[order] = (orders[order] ?? 0) + 1;
    if (template !== null) templates[template] = (templates[template] ?? 0) + 1;
  }
  return { size: members.length, members, orders, templates, representative: medoid(distances, members) };
}
