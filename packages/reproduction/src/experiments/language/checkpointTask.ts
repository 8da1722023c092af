import { setImmediate } from 'node:timers/promises';
import {
  type Activations,
  decomposePrompt,
  type SadMeans,
  SadSummary,
  sadControl,
  sadTaps,
  type TokenPair,
} from '@svf-alignment/real-models';
import type { TaskContext } from '../../lab/experiment.ts';
import type { Result, Tensor } from '../../lab/result.ts';
import type { LanguageTask } from './languageTask.ts';
import { RoleMeans } from './RoleMeans.ts';
import { rolePairsAt } from './rolePairsAt.ts';
import { roleTerms } from './roleTerms.ts';
import { taskPrompts } from './taskPrompts.ts';
import { withTaskModel } from './withTaskModel.ts';

/** Measures of sparse attention decomposition of one revision. */
export type CheckpointTask = LanguageTask & {
  /** These of every prompt; null: all pairs of tokens. */
  readonly pairs:
    | readonly (readonly [layer: number, head: number, destination: number, source: number])[]
    | null;
  /**
   * `means`: also means for every head and pair of roles, of prompts that have the roles; `terms`: and the terms of the
   * first prompt.
   */
  readonly roles: 'none' | 'means' | 'terms';
};

/** What `values` of a result holds. */
export type CheckpointValues = {
  /** sha256 of the weights. */
  readonly hash: string;
  readonly dHead: number;
  readonly prompts: number;
  /** After how many of the prompts that have an answer it is the likeliest token. */
  readonly answered: number;
  readonly answers: number;
  readonly means: SadMeans;
};

/**
 * Runs the prompts through the model and decomposes attention: `CheckpointValues`, and where asked for the tensors of
 * `RoleMeans` and `roleTerms`.
 */
export async function checkpointTask(task: CheckpointTask, context: TaskContext): Promise<Result> {
  const { signal } = context;
  // Nothing is kept of a revision: others would not use it, and all of a training would fill the disk.
  const shared = { signal, onProgress: context.onProgress };
  return withTaskModel(task, shared, async ({ model, forward, factors }, onProgress) => {
    const { shape } = model;
    const prompts = taskPrompts(task, model);
    const heads = await factors(undefined, (done, total) => onProgress((0.3 * done) / total));
    const { controlSeeds: seeds, seed, settings } = task;
    const options = {
      pairs: task.pairs?.map(namedPair) ?? ('all' as const),
      controls: [sadControl('rotated', { seeds, seed }), sadControl('same-omega', { seeds, seed })],
    };
    const summary = new SadSummary();
    const roles = new RoleMeans(shape.layers, shape.heads);
    let tensors: Readonly<Record<string, Tensor>> = {};
    let answered = 0;
    let done = 0;
    const inputs = prompts.map(({ tokens }) => ({ tokens: tokens.map(({ id }) => id) }));
    const { memoryLimit } = settings ?? {};
    const taps = [...sadTaps(shape), 'logits'];
    for await (const activations of forward.run(inputs, {
      taps,
      signal,
      ...(memoryLimit && { memoryLimit }),
    })) {
      const prompt = prompts[done];
      const located = task.roles === 'none' ? undefined : rolePairsAt(prompt);
      for (const row of decomposePrompt(activations, shape, heads, options)) {
        summary.add(row);
        const pair = located?.indexOf(row);
        if (pair !== undefined) roles.add(row, pair);
      }
      if (task.roles === 'terms' && located !== undefined && done === 0) {
        tensors = { ...roleTerms(activations, shape, heads, located, seed) };
      }
      if (likeliest(activations) === prompt.answer) answered += 1;
      done += 1;
      onProgress(0.3 + (0.7 * done) / prompts.length);
      await setImmediate();
      signal.throwIfAborted();
    }
    const values: CheckpointValues = {
      hash: await model.files.sha256(),
      dHead: shape.dHead,
      prompts: prompts.length,
      answered,
      answers: prompts.filter(({ answer }) => answer !== null).length,
      means: summary.means(),
    };
    return { values, tensors: task.roles === 'none' ? {} : { ...roles.tensors(), ...tensors } };
  });
}

function namedPair([layer, head, destination, source]: readonly [number, number, number, number]): TokenPair {
  return { layer, head, destination, source };
}

function likeliest(activations: Activations): number {
  const { data } = activations.tensor('logits');
  let best = 0;
  for (let id = 1; id < data.length; id += 1) if (data[id] > data[best]) best = id;
  return best;
}
