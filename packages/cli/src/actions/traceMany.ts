import { circuitWarnings } from '@svf-alignment/circuits';
import { SvfError } from '@svf-alignment/core';
import { type FolderTraces, type FolderTracesOptions, tracesInFolder } from '@svf-alignment/reproduction';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import { withTracingWorkers } from '../model/withTracingWorkers.ts';
import { traceObjective } from '../options/traceObjective.ts';
import type { TraceOptions } from '../options/traceOptions.ts';
import { printResult } from '../output/printResult.ts';
import { traceSummaryText } from '../output/traceSummaryText.ts';
import { warn } from '../output/warn.ts';
import { traceInputs } from './trace.ts';

const FOLDER = 'circuits';

/** `svf trace` of many prompts. */
export async function traceMany(options: TraceOptions): Promise<void> {
  const { threshold, interventions, seed = 0, out: folder = FOLDER } = options;
  if (options.save !== undefined) {
    throw new SvfError('--save goes with --prompt.', {
      code: 'bad-option',
      path: ['save'],
      expected: '--prompt TEXT beside it',
      remedy: 'Circuits of many prompts are written to the folder that --out names.',
    });
  }
  const asked = await askedOf(options);
  const traces = await withTracingWorkers(options, folder, (run) =>
    tracesInFolder({ ...run, ...asked, threshold, interventions, seed }),
  );
  tell(options, traces, folder);
}

/** What workers are to do, in ids of the model's tokens: what a prompt or an answer lacks is told before they start. */
function askedOf(options: TraceOptions): Promise<Pick<FolderTracesOptions, 'prompts' | 'objective'>> {
  return withLanguageModel(options, async ({ language: { model } }) => {
    const prompts = await traceInputs(model, options);
    return {
      objective: await traceObjective(options, model.tokenizer),
      prompts: prompts.map(({ text, answers, wrong }) => ({
        text,
        answers: answers.map((id) => `#${id}`),
        wrong: wrong === null ? null : `#${wrong}`,
      })),
    };
  });
}

function tell(options: TraceOptions, traces: FolderTraces, folder: string): void {
  const codes = new Map<string, number>();
  for (const code of traces.circuits.flatMap(({ warnings }) => [...new Set(warnings)])) {
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  for (const [code, prompts] of codes) {
    const which = prompts === 1 ? '1 prompt, see its circuit' : `${prompts} prompts, see their circuits`;
    const message = (circuitWarnings as Readonly<Record<string, string>>)[code] ?? code;
    warn(options, `${message} (${which})`);
  }
  printResult(options, {
    json: () => ({ ...traces, out: folder }),
    csv: () =>
      traces.circuits.map(({ file, prompt, right, counts, warnings }) => ({
        file,
        prompt,
        right,
        nodes: counts.nodes,
        edges: counts.edges,
        firings: counts.firings,
        singularVectors: counts.singularVectors.join(' '),
        warnings: warnings.join(' '),
      })),
    text: () => traceSummaryText(traces, folder),
  });
}
