import { join } from 'node:path';
import { type CircuitDocument, type CircuitNode, openTracer } from '@svf-alignment/circuits';
import type { Model } from '@svf-alignment/real-models';
import { type TracePrompt, tracedPrompt, tracePrompts } from '@svf-alignment/reproduction';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import { traceObjective } from '../options/traceObjective.ts';
import type { TraceOptions } from '../options/traceOptions.ts';
import { traceSource } from '../options/traceSource.ts';
import { printResult } from '../output/printResult.ts';
import { prepareFiles, writeCircuit } from '../output/traceFile.ts';
import { traceText } from '../output/traceText.ts';
import { warn } from '../output/warn.ts';

/** `svf trace`. */
export async function trace(options: TraceOptions): Promise<void> {
  const { prompt, wrong, seeding, probe } = options;
  if (wrong !== undefined && probe === undefined && seeding !== 'linear' && prompt !== undefined) {
    warn(options, '--wrong plays no part in --seeding prob, only in --seeding linear.');
  }
  if (prompt === undefined) {
    const { traceMany } = await import('./traceMany.ts');
    await traceMany(options);
    return;
  }
  const { out, save = [], threshold, seed = 0, memory } = options;
  const files = [...save, ...(out === undefined ? [] : [join(out, 'circuit-00001.json')])];
  await prepareFiles(files);
  await withLanguageModel(options, async ({ language, progress, signal }) => {
    const { model, forward } = language;
    const objective = await traceObjective(options, model.tokenizer);
    const [own] = await traceInputs(model, options);
    const factors = await language.factors(undefined, (done, total) =>
      progress.update((0.8 * done) / total, 'decomposing heads'),
    );
    const tracer = await openTracer(model, forward, factors);
    progress.update(0.9, 'tracing');
    for await (const context of tracer.contexts([own], { memoryLimit: memory * 2 ** 20, signal })) {
      const request = { objective, threshold, interventions: 0, seed };
      const { document } = await tracedPrompt(context, own, forward, request, signal);
      for (const file of files) await writeCircuit(file, document);
      progress.stop();
      tell(options, document, files);
    }
  });
}

function tell(options: TraceOptions, document: CircuitDocument, files: readonly string[]): void {
  for (const { message, path } of document.warnings) warn(options, `${message} (${path.join(', ')})`);
  printResult(options, {
    json: () => document,
    csv: () =>
      document.edges.map(({ from, to, type, singularVectors, weight }) => ({
        ...nodeColumns('from', from),
        ...nodeColumns('to', to),
        type,
        singularVectors: singularVectors?.join(' ') ?? null,
        weight,
      })),
    text: () =>
      [traceText(document), ...(files.length === 0 ? [] : ['', `written    ${files.join(', ')}`])].join('\n'),
  });
}

/** A root stands as component, without a layer and a source. */
function nodeColumns(end: 'from' | 'to', node: CircuitNode): Record<string, string | number | null> {
  const [layer, component, destination, source] = node.length === 2 ? [null, ...node, null] : node;
  return {
    [`${end}Layer`]: layer,
    [`${end}Component`]: component,
    [`${end}Destination`]: destination,
    [`${end}Source`]: source,
  };
}

/** The prompts of the options in the tokens of the model. */
export async function traceInputs(
  model: Pick<Model, 'tokenizer' | 'prependsBos' | 'shape'>,
  options: TraceOptions,
): Promise<readonly TracePrompt[]> {
  const bos = options.bos && model.prependsBos && model.tokenizer.bos !== null;
  return tracePrompts(await traceSource(options), model, { seed: options.seed ?? 0, bos });
}
