import {
  type AgreementPoint,
  agreementCurve,
  averagedVariability,
  circuitFamilies,
  circuitUnion,
  nodeKey,
  PUBLISHED_CIRCUITS,
  unifiedGraph,
} from '@svf-alignment/circuits';
import type { Model, PromptSetName } from '@svf-alignment/real-models';
import type { TaskContext } from '../../lab/experiment.ts';
import type { JsonObject, Result } from '../../lab/result.ts';
import { tracePrompts } from '../circuits/tracePrompt.ts';
import type { RunSettings } from '../language/languageTask.ts';
import { sameModel } from '../language/sameModel.ts';
import { withTaskModel } from '../language/withTaskModel.ts';
import { familyPair } from './familyPair.ts';
import { familyPrompts } from './familyPrompt.ts';
import { traceAll } from './traceAll.ts';

/** Averaged circuits of a model in one task, as plain data. */
export type UnifiedTask = {
  /** As `openModel` takes it. */
  readonly model: string;
  readonly revision: null;
  readonly task: PromptSetName;
  /** Of indirect objects, prompts of each template in each order; of other tasks 30 times as many in all. */
  readonly perTemplate: number;
  /** Averages drawn by the bootstrap. */
  readonly resamples: number;
  /** Of the prompts and of the bootstrap. */
  readonly seed: number;
  readonly settings?: RunSettings;
};

/** What `values` of a result holds. */
export type UnifiedValues = {
  readonly hash: string;
  readonly circuits: number;
  /** How large the unified graph is over the share of prompts in which a node must occur. */
  readonly sizes: readonly { readonly share: number; readonly nodes: number; readonly edges: number }[];
  /** Nodes at the share at which variability is measured. */
  readonly nodes: readonly { readonly node: string; readonly share: number }[];
  readonly published: readonly {
    readonly method: string;
    readonly source: string;
    readonly curve: readonly AgreementPoint[];
  }[];
  /** Null where there are no two families, or of a task without orders and templates to balance. */
  readonly variability: {
    /** Circuits drawn for each average. */
    readonly size: number;
    /** Mean Jaccard distance of averages over all prompts. */
    readonly all: number;
    /** Of each of the two families: averages of as many of its own circuits. */
    readonly families: readonly { readonly size: number; readonly mean: number }[];
  } | null;
};

/** Of the prompts, in how many a node of the averaged circuit must occur. */
export const SHARE = 0.1;
const SHARES = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
/** Circuits of an average: few enough that a family has them. */
const AVERAGED = 30;

/** Traces prompts of a task and averages their circuits: `UnifiedValues`. Goes on after the last circuit that was kept. */
export async function unifiedTask(task: UnifiedTask, context: TaskContext): Promise<Result> {
  return withTaskModel(task, context, async (opened, onProgress) => {
    const { model, seed, resamples } = task;
    const { prompts, labels } = promptsOf(task, opened.model);
    const { tracer, documents } = await traceAll(opened, prompts, seed, {
      ...context,
      onProgress: (fraction) => onProgress(0.9 * fraction),
    });
    const union = circuitUnion(documents);
    const families = circuitFamilies(documents, labels, { cut: { clusters: 1 } });
    const pair = task.task === 'ioi' ? familyPair(families, documents) : null;
    const size = Math.min(AVERAGED, documents.length);
    const variabilityOf = (members: readonly number[]) =>
      averagedVariability(circuitUnion(members.map((member) => documents[member])), {
        share: SHARE,
        size,
        resamples,
        seed,
      }).mean;
    const values: UnifiedValues = {
      hash: tracer.model.identity.hash,
      circuits: documents.length,
      sizes: SHARES.map((share) => {
        const { nodes, edges } = unifiedGraph(union, share);
        return { share, nodes: nodes.length, edges: edges.length };
      }),
      nodes: unifiedGraph(union, SHARE).nodes.map(({ node, share }) => ({ node: nodeKey(node), share })),
      published: PUBLISHED_CIRCUITS.filter(
        (published) => sameModel(published.model, model) && published.task === task.task,
      ).map((published) => ({
        method: published.method,
        source: published.source,
        curve: agreementCurve(union, published, SHARES),
      })),
      variability:
        pair === null
          ? null
          : {
              size,
              all: variabilityOf([...documents.keys()]),
              families: pair.families.map(({ members }) => ({
                size: members.length,
                mean: variabilityOf(members),
              })),
            },
    };
    return { values: values as unknown as JsonObject, tensors: {} };
  });
}

function promptsOf({ task, perTemplate, seed, settings }: UnifiedTask, model: Model) {
  const options = { seed, bos: settings?.bos };
  if (task === 'ioi') {
    const traced = familyPrompts(model, { perTemplate, ...options });
    return { prompts: tracePrompts({ texts: traced }, model, options), labels: traced };
  }
  const prompts = tracePrompts({ generate: task, count: 30 * perTemplate }, model, options);
  return { prompts, labels: prompts.map(() => ({ order: null, template: 0 })) };
}
