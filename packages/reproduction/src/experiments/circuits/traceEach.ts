import { setImmediate } from 'node:timers/promises';
import { openTracer, type PromptContext } from '@svf-alignment/circuits';
import type { ForwardPass } from '@svf-alignment/real-models';
import type { TaskContext } from '../../lab/experiment.ts';
import type { JsonObject, Result } from '../../lab/result.ts';
import type { RunSettings } from '../language/languageTask.ts';
import { withTaskModel } from '../language/withTaskModel.ts';
import { type TracePrompt, type TraceSource, tracePrompts } from './tracePrompt.ts';

/** Prompts to be run through a model one after the other, as plain data. */
export type PromptTask = {
  /** As `openModel` takes it. */
  readonly model: string;
  readonly revision: null;
  readonly prompts: TraceSource;
  /** Of generated prompts and of random controls. */
  readonly seed: number;
  readonly settings?: RunSettings;
};

/** What `values` of a result holds. */
export type PromptValues<Entry> = {
  /** sha256 of the weights. */
  readonly hash: string;
  /** In the order of the prompts. */
  readonly prompts: readonly Entry[];
};

/** A prompt, run and ready to be traced. */
export interface RunPrompt {
  readonly prompt: TracePrompt;
  readonly context: PromptContext;
  readonly forward: ForwardPass;
  readonly signal: AbortSignal;
}

/**
 * Runs the prompts of a task, and keeps what `entryOf` makes of each: `PromptValues`. Goes on after the last one that was kept.
 *
 * @param entryOf plain JSON of one prompt
 */
export async function traceEach<Entry extends object>(
  task: PromptTask,
  { signal, keep, checkpoint, cacheFolder, onProgress: onTaskProgress }: TaskContext,
  entryOf: (run: RunPrompt) => Promise<Entry>,
): Promise<Result> {
  const shared = { signal, cacheFolder, onProgress: onTaskProgress };
  return withTaskModel(task, shared, async ({ model, forward, factors }, onProgress) => {
    const { settings, seed } = task;
    const prompts = tracePrompts(task.prompts, model, { seed, bos: settings?.bos });
    const ofHeads = await factors(undefined, (done, total) => onProgress((0.3 * done) / total));
    const tracer = await openTracer(model, forward, ofHeads);
    const kept = checkpoint?.values as PromptValues<Entry> | undefined;
    const entries = [...(kept?.prompts ?? [])];
    const state = (): Result => ({
      values: { hash: tracer.model.identity.hash, prompts: [...entries] } as unknown as JsonObject,
      tensors: {},
    });
    const { memoryLimit } = settings ?? {};
    const contexts = tracer.contexts(prompts.slice(entries.length), {
      signal,
      ...(memoryLimit !== undefined && { memoryLimit }),
    });
    for await (const context of contexts) {
      entries.push(await entryOf({ prompt: prompts[entries.length], context, forward, signal }));
      onProgress(0.3 + (0.7 * entries.length) / prompts.length);
      await keep(state);
      await setImmediate();
      signal.throwIfAborted();
    }
    return state();
  });
}
