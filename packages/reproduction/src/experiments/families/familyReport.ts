import {
  type CircuitFamilies,
  type CircuitFamily,
  groupRepresentatives,
  type PromptLabel,
} from '@svf-alignment/circuits';
import {
  type BestCut,
  bestCuts,
  type CutAgreement,
  cutAgreements,
  type LabelAgreement,
  labelAgreement,
} from './labelAgreement.ts';

/** What families of circuits have to do with their prompts. */
export interface FamilyReport {
  readonly circuits: number;
  /** Of the cut that was asked for. */
  readonly adjustedRandIndex: LabelAgreement;
  /** Largest first. */
  readonly clusters: readonly ReportedFamily[];
  /** Medoid of each template, whatever the clusters. */
  readonly templates: readonly ReportedTemplate[];
  /** The same dendrogram, cut elsewhere. */
  readonly cuts: readonly CutAgreement[];
  /** Where it agrees best; null where all circuits are equal. */
  readonly bestCuts: Readonly<Record<'order' | 'template', BestCut>> | null;
}

/** `representative` is the index of a prompt, from 0; `prompt` its text. */
export interface ReportedFamily extends Omit<CircuitFamily, 'members'> {
  readonly prompt: string;
}

export interface ReportedTemplate {
  readonly template: number;
  readonly size: number;
  readonly representative: number;
  readonly prompt: string;
}

/**
 * @param prompts in the order of the circuits
 * @param seed of the permutations
 */
export function familyReport(
  { families, labels, distances, dendrogram }: CircuitFamilies,
  prompts: readonly (PromptLabel & { readonly text: string })[],
  seed: number,
): FamilyReport {
  const text = (index: number) => prompts[index].text;
  const templates = groupRepresentatives(
    distances,
    prompts.map(({ template }) => template),
  ).flatMap(({ group, ...own }) => (group === null ? [] : [{ group, ...own }]));
  return {
    circuits: prompts.length,
    adjustedRandIndex: labelAgreement(labels, prompts, seed),
    clusters: families.map(({ size, orders, templates, representative }) => ({
      size,
      orders,
      templates,
      representative,
      prompt: text(representative),
    })),
    templates: templates.map(({ group, size, representative }) => ({
      template: group,
      size,
      representative,
      prompt: text(representative),
    })),
    cuts: cutAgreements(dendrogram, prompts),
    bestCuts: bestCuts(dendrogram, prompts, seed),
  };
}
