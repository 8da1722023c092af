import {
  type CircuitDocument,
  demandSameModel,
  type InterventionMode,
  type InterventionRow,
  type InterventionSummary,
  interveneCircuit,
  interveneTogether,
  interventionEdges,
  interventionSummary,
  type LogitTarget,
  logitTarget,
  openTracer,
  type TogetherRow,
  type TracerInput,
} from '@svf-alignment/circuits';
import type { ModelTokenizer } from '@svf-alignment/real-models';
import { readCircuit } from '../model/readCircuit.ts';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { ModelOptions } from '../options/modelOptions.ts';
import { interveneText } from '../output/interveneText.ts';
import { interveneTogetherText } from '../output/interveneTogetherText.ts';
import { printResult } from '../output/printResult.ts';

export interface InterveneOptions extends OutputOptions, Partial<ModelOptions>, ForwardOptions {
  readonly circuit: string;
  readonly edge?: readonly number[];
  readonly mode: InterventionMode;
  readonly together?: true;
  readonly boost?: true;
  readonly random: number;
  readonly answer?: string;
  readonly wrong?: string;
  readonly seed?: number;
}

/** What was run, one edge at a time or, with --together, all at once. */
interface Results {
  readonly rows: readonly InterventionRow[];
  readonly summary: InterventionSummary | null;
  readonly together: readonly TogetherRow[] | null;
}

/** `svf intervene`. */
export async function intervene(options: InterveneOptions): Promise<void> {
  const { circuit, model: name, mode, edge, boost = false, random, seed = 0, memory } = options;
  const document = await readCircuit(circuit);
  const { length: count } = interventionEdges(document, mode, edge);
  await withLanguageModel(
    { ...options, model: name ?? document.model.name },
    async ({ language, progress, signal }) => {
      const { model, forward } = language;
      demandSameModel(document, { name: model.name, hash: await model.files.sha256() });
      const target = targetOf(document, options, model.tokenizer);
      const factors = await language.factors(undefined, (done, total) =>
        progress.update((0.4 * done) / total, 'decomposing heads'),
      );
      const tracer = await openTracer(model, forward, factors);
      const run = { memoryLimit: memory * 2 ** 20, signal };
      const rows: InterventionRow[] = [];
      const together: TogetherRow[] = [];
      const total = (options.together ? 1 : count) * (1 + random);
      const advance = (done: number) => progress.update(0.4 + (0.6 * done) / total, 'intervening');
      for await (const prompt of tracer.contexts([promptOf(document, model.tokenizer)], run)) {
        const asked = { ...run, ...(edge && { edges: edge }), mode, boost, random, seed, target };
        if (options.together) {
          for await (const row of interveneTogether(document, prompt, forward, asked)) {
            advance(together.push(row));
          }
        } else {
          for await (const row of interveneCircuit(document, prompt, forward, asked)) advance(rows.push(row));
        }
      }
      progress.stop();
      const summary = rows.length === 0 ? null : (interventionSummary([rows], seed)[0] ?? null);
      const results = { rows, summary, together: options.together ? together : null };
      print(options, document, results, targetText(target, model.tokenizer));
    },
  );
}

function targetText({ answer, wrong }: LogitTarget, tokenizer: ModelTokenizer): string {
  const named = (id: number) => JSON.stringify(tokenizer.decode(id));
  return wrong === undefined ? named(answer) : `${named(answer)} minus that of ${named(wrong)}`;
}

function targetOf(
  document: CircuitDocument,
  { answer, wrong }: InterveneOptions,
  tokenizer: ModelTokenizer,
): LogitTarget {
  const own = answer === undefined ? logitTarget(document) : { answer: tokenizer.single(answer) };
  return wrong === undefined ? own : { ...own, wrong: tokenizer.single(wrong) };
}

/** The circuit's prompt in the model's tokens, with BOS if the circuit has it: a text may begin with its own. */
function promptOf({ prompt: text, tokens }: CircuitDocument, tokenizer: ModelTokenizer): TracerInput {
  const alone = tokenizer.encode(text, { bos: false });
  const bos = alone.length < tokens.length && tokenizer.bos !== null;
  return { text, tokens: bos ? tokenizer.encode(text, { bos }) : alone };
}

function print(
  options: InterveneOptions,
  document: CircuitDocument,
  { rows, summary, together }: Results,
  logit: string,
): void {
  printResult(options, {
    json: () => ({ model: document.model, prompt: document.prompt, rows, summary, together }),
    csv: () =>
      together?.map(({ heads, ...row }) => row) ??
      rows.map(({ edge, control, ...row }) => ({
        from: JSON.stringify(edge.from),
        to: JSON.stringify(edge.to),
        type: edge.type,
        singularVectors: edge.singularVectors?.join(' ') ?? null,
        control: control?.draw ?? null,
        controlSingularVectors: control?.singularVectors.join(' ') ?? null,
        ...row,
      })),
    text: () =>
      together === null ? interveneText(rows, summary, logit) : interveneTogetherText(together, logit),
  });
}
