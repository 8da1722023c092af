import {
  type CircuitSetKind,
  circuitFamilies,
  compareSignals,
  indexedEdge,
  type PromptContext,
} from '@svf-alignment/circuits';
import type { TaskContext } from '../../lab/experiment.ts';
import type { JsonObject, Result } from '../../lab/result.ts';
import { tracePrompts } from '../circuits/tracePrompt.ts';
import type { RunSettings } from '../language/languageTask.ts';
import { withTaskModel } from '../language/withTaskModel.ts';
import { ablateExclusive, type ExclusiveEdges } from './ablateExclusive.ts';
import { blockedMap } from './blockedMap.ts';
import { type EffectMatrix, effectMatrix } from './effectMatrix.ts';
import { exclusiveEdges } from './exclusiveEdges.ts';
import { type FamilyPair, familyPair } from './familyPair.ts';
import { familyPrompts } from './familyPrompt.ts';
import { type FamilyReport, familyReport } from './familyReport.ts';
import { incomingSignals } from './incomingSignals.ts';
import type { PlacedTokens } from './movedToken.ts';
import { traceAll } from './traceAll.ts';

/** Families of a model's circuits, as plain data. */
export type FamilyTask = {
  /** As `openModel` takes it. */
  readonly model: string;
  readonly revision: null;
  /** Prompts of each template in each order. */
  readonly perTemplate: number;
  readonly kind: CircuitSetKind;
  /** Of each family, prompts on which edges are ablated. */
  readonly ablated: number;
  /** Of the prompts, permutations and bootstraps. */
  readonly seed: number;
  readonly settings?: RunSettings;
};

/** What `values` of a result holds. */
export type FamilyValues = {
  readonly hash: string;
  readonly empty: number;
  readonly report: FamilyReport;
  /** Null where no cut gives two families of some size. */
  readonly pair: ComparedPair | null;
  readonly map: {
    readonly distances: readonly (readonly number[])[];
    readonly abba: readonly number[] | null;
    readonly labels: readonly string[];
    readonly branches: readonly (readonly number[])[];
  };
};

export type ComparedPair = {
  readonly clusters: number;
  readonly families: readonly ComparedFamily[];
  readonly signals: readonly {
    readonly layer: number;
    readonly head: number;
    readonly side: 'd' | 's';
    readonly cosine: number | null;
  }[];
  readonly effects: EffectMatrix;
};

export type ComparedFamily = {
  readonly size: number;
  /** Share of its prompts with order ABBA. */
  readonly abba: number;
  readonly representative: number;
  readonly prompt: string;
  readonly order: string | null;
  readonly template: number | null;
  /** The representative's circuit, a `CircuitDocument` as JSON. */
  readonly document: string;
  /** Edges that only its representative has. */
  readonly exclusive: number;
  /** Of these, how many have a place in a prompt of each family, on average. */
  readonly moved: readonly number[];
};

/** Blocks of the drawn map. */
const BLOCKS = 60;

/** Traces, groups, and compares the two main families: `FamilyValues`. Goes on after the last circuit that was kept. */
export async function familyTask(task: FamilyTask, context: TaskContext): Promise<Result> {
  return withTaskModel(task, context, async (opened, onProgress) => {
    const { seed, kind, settings } = task;
    const traced = familyPrompts(opened.model, { ...task, bos: settings?.bos });
    const prompts = tracePrompts({ texts: traced }, opened.model, { seed, bos: settings?.bos });
    const { tracer, documents } = await traceAll(opened, prompts, seed, {
      ...context,
      onProgress: (fraction) => onProgress(0.7 * fraction),
    });
    const families = circuitFamilies(documents, traced, {
      kind,
      cut: { clusters: Math.min(2, documents.length) },
    });
    const pair = familyPair(families, documents);
    const placedTokens = (index: number): PlacedTokens => ({
      tokens: prompts[index].tokens,
      roles: traced[index].roles,
    });

    const contextsOf = (indices: readonly number[]) =>
      tracer.contexts(
        indices.map((index) => prompts[index]),
        { signal: context.signal },
      );
    const compared = async ({ clusters, families: two }: FamilyPair): Promise<ComparedPair> => {
      const representatives = two.map(({ representative }) => representative);
      const contexts: PromptContext[] = [];
      for await (const own of contextsOf(representatives)) contexts.push(own);
      const exclusive = representatives.map(
        (own, i): ExclusiveEdges => ({
          edges: exclusiveEdges(documents[own], documents[representatives[1 - i]]).map((edge) =>
            indexedEdge(contexts[i], edge),
          ),
          placed: placedTokens(own),
        }),
      );
      const drops: number[][][] = two.map(() => two.map(() => []));
      const moved = two.map(() => two.map(() => 0));
      for (const [family, { members }] of two.entries()) {
        const chosen = spread(members, task.ablated);
        let done = 0;
        for await (const own of contextsOf(chosen)) {
          const index = chosen[done];
          const { answers, wrong } = prompts[index];
          const effects = await ablateExclusive(
            own,
            opened.forward,
            placedTokens(index),
            exclusive,
            { answer: answers[0], wrong: wrong ?? answers[0] },
            context.signal,
          );
          for (const [edges, effect] of effects.entries()) {
            drops[edges][family].push(effect.drop);
            moved[edges][family] += effect.moved / chosen.length;
          }
          done += 1;
          onProgress(0.75 + (0.25 * (family + done / chosen.length)) / 2);
          context.signal.throwIfAborted();
        }
      }
      return {
        clusters,
        families: two.map(({ members, representative }, i) => ({
          size: members.length,
          abba: members.filter((member) => traced[member].order === 'ABBA').length / members.length,
          representative,
          prompt: traced[representative].text,
          order: traced[representative].order,
          template: traced[representative].template,
          document: JSON.stringify(documents[representative]),
          exclusive: exclusive[i].edges.length,
          moved: moved[i],
        })),
        signals: compareSignals(
          incomingSignals(documents[representatives[0]], contexts[0]),
          incomingSignals(documents[representatives[1]], contexts[1]),
        ),
        effects: effectMatrix(drops, seed),
      };
    };
    const { distances, abba, labels, branches } = blockedMap(families, traced, BLOCKS);
    const values: FamilyValues = {
      hash: tracer.model.identity.hash,
      empty: documents.filter(({ edges }) => edges.length === 0).length,
      report: familyReport(families, traced, seed),
      pair: pair === null ? null : await compared(pair),
      map: {
        distances: distances.map((row) => Array.from(row)),
        abba: abba && Array.from(abba),
        labels,
        branches,
      },
    };
    return { values: values as unknown as JsonObject, tensors: {} };
  });
}

/** So many of a list, evenly from its whole length: templates follow each other in it. */
function spread(list: readonly number[], most: number): readonly number[] {
  const count = Math.min(most, list.length);
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)]);
}
