import { SvfError } from '@svf-alignment/core';
import {
  doubleForwardPass,
  type ForwardInput,
  type ForwardPass,
  fidelity,
  type Model,
} from '@svf-alignment/real-models';
import { exitStatus } from '../exitStatus.ts';
import { readPrompts } from '../model/readPrompts.ts';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { PromptOptions } from '../options/promptOptions.ts';
import { significant } from '../output/numbers.ts';
import { printResult } from '../output/printResult.ts';

export interface ModelCheckOptions extends OutputOptions, PromptOptions, Omit<ForwardOptions, 'precision'> {
  readonly offline?: true;
}

/** Processing keeps next-token probabilities to this in float32; above it, the two are not one model. */
const TOLERANCE = 1e-5;
/** Float64 is slow on large models. */
const COUNT = 4;
const TOKENS = 16;

/** `svf model check`. */
export async function checkModel(reference: string, options: ModelCheckOptions): Promise<void> {
  await withLanguageModel({ ...options, model: reference }, async ({ language, progress, signal }) => {
    const { model, forward } = language;
    const inputs = await checkedInputs(model, options);
    const run = { memoryLimit: options.memory * 2 ** 20, signal };
    const processed = watched(doubleForwardPass(model.processed), run, (done) =>
      progress.update(done / inputs.length, 'running in float64'),
    );
    const { prompts, maximumProbabilityDifference } = await fidelity(
      watched(forward, run),
      processed,
      inputs,
    );
    const hash = await model.files.sha256();
    progress.stop();
    const ok = maximumProbabilityDifference <= TOLERANCE;
    printResult(options, {
      json: () => ({
        model: model.name,
        hash,
        prompts,
        maximumProbabilityDifference,
        tolerance: TOLERANCE,
        ok,
      }),
      csv: () => [
        { model: model.name, hash, prompts, maximumProbabilityDifference, tolerance: TOLERANCE, ok },
      ],
      text: () =>
        [
          `model       ${model.name}`,
          `weights     sha256 ${hash}`,
          `prompts     ${prompts}`,
          `difference  ${significant(maximumProbabilityDifference)}`,
          '',
          'The largest difference of a next-token probability between ONNX Runtime on the weights as stored and float64',
          `on the processed weights that are decomposed; ${verdict(ok)}.`,
        ].join('\n'),
    });
    if (!ok) process.exitCode = exitStatus.unfinished;
  });
}

function verdict(ok: boolean): string {
  const tolerance = TOLERANCE.toExponential();
  return ok
    ? `at most ${tolerance} is expected of float32`
    : `above ${tolerance}: what is computed from the two does not belong together`;
}

/** The prompts that are asked for; else indirect-object prompts, or tokens from all over a vocabulary without those words. */
async function checkedInputs(model: Model, options: ModelCheckOptions): Promise<readonly ForwardInput[]> {
  const { prompt, prompts, generate, count = COUNT } = options;
  const isWritten = prompt !== undefined || prompts !== undefined;
  try {
    const own = await readPrompts(
      model,
      isWritten ? options : { ...options, generate: generate ?? 'ioi', count },
    );
    return own.map(({ tokens }) => ({ tokens: tokens.map(({ id }) => id) }));
  } catch (error) {
    const isLacking = error instanceof SvfError && error.code === 'vocabulary-lacks-task';
    if (generate !== undefined || !isLacking) throw error;
    const { vocabulary } = model.tokenizer;
    const length = Math.min(TOKENS, model.shape.context);
    return [{ tokens: Array.from({ length }, (_, i) => Math.floor((i * vocabulary) / length)) }];
  }
}

/** A forward pass whose every run can be interrupted, is bounded, and tells how many prompts are done. */
function watched(
  pass: ForwardPass,
  always: { readonly memoryLimit: number; readonly signal: AbortSignal },
  onPrompt: (done: number) => void = () => {},
): ForwardPass {
  return {
    ...pass,
    async *run(inputs, options) {
      let done = 0;
      for await (const activations of pass.run(inputs, { ...options, ...always })) {
        done += 1;
        onPrompt(done);
        yield activations;
      }
    },
  };
}
