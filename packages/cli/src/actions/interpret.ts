import {
  type ChatClient,
  contextHalves,
  endpointInstructions,
  endpointInterpreter,
  type Interpreter,
  lexicalInterpreter,
  openTracer,
  significantShare,
} from '@svf-alignment/circuits';
import { bundledModels } from '@svf-alignment/models';
import {
  circuitSignals,
  distinctPrompts,
  type InterpretedSignal,
  interpretedSignals,
  ioiClasses,
  keptScan,
  memoryStore,
  prepareFolder,
  sharesByLayer,
  tracePrompts,
  usedSignals,
} from '@svf-alignment/reproduction';
import { chatEndpoint, type EndpointOptions, tellPlan } from '../model/chatEndpoint.ts';
import { readCircuit } from '../model/readCircuit.ts';
import { withLanguageModel } from '../model/withLanguageModel.ts';
import type { OutputOptions } from '../options/commonOptions.ts';
import type { ForwardOptions } from '../options/forwardOptions.ts';
import type { ModelOptions } from '../options/modelOptions.ts';
import type { PromptOptions } from '../options/promptOptions.ts';
import { traceSource } from '../options/traceSource.ts';
import { type InterpretedCircuit, writeInterpretedPages } from '../output/interpretedPages.ts';
import { interpretText } from '../output/interpretText.ts';
import { printResult } from '../output/printResult.ts';

export interface InterpretOptions
  extends OutputOptions,
    ModelOptions,
    PromptOptions,
    ForwardOptions,
    EndpointOptions {
  readonly circuit?: readonly string[];
  readonly signals: number;
  readonly trace?: number;
  readonly contexts: number;
  readonly out?: string;
}

/** Prompts that are traced where nothing else is said. */
const TRACED = 16;

/** `svf interpret`. */
export async function interpret(options: InterpretOptions): Promise<void> {
  const { circuit, contexts, seed = 0, memory, bos, generate, out } = options;
  const given = circuit && (await Promise.all(circuit.map(givenCircuit)));
  if (out !== undefined) await prepareFolder(out);
  await withLanguageModel(options, async ({ language, cache, progress, signal }) => {
    const { model, forward } = language;
    const store = cache ?? memoryStore();
    const client = chatEndpoint(options, store, signal);
    const hasBos = bos && model.prependsBos && model.tokenizer.bos !== null;
    const source = await traceSource(options);
    const corpus = distinctPrompts(tracePrompts(source, model, { seed, bos: hasBos }));
    const factors = await language.factors(undefined, (done, total) =>
      progress.update((0.3 * done) / total, 'decomposing heads'),
    );
    const tracer = await openTracer(model, forward, factors);
    const run = { memoryLimit: memory * 2 ** 20, signal };
    const traced = corpus.slice(0, options.trace ?? TRACED);
    const circuits: InterpretedCircuit[] = [...(given ?? [])];
    const signals =
      given === undefined
        ? await usedSignals(tracer, traced, options.signals, {
            ...run,
            onPrompt: (done) => progress.update(0.3 + (0.2 * done) / traced.length, 'tracing'),
            onCircuit: (document) => circuits.push({ document }),
          })
        : await circuitSignals(
            tracer,
            given.map(({ document }) => document),
            options.signals,
            run,
          );
    const scan = await keptScan(store, tracer, corpus, signals, {
      contexts,
      seed,
      run,
      onPrompt: (done) => progress.update(0.5 + (0.3 * done) / corpus.length, 'looking for contexts'),
    });
    const texts = corpus.map(({ tokens }) => tokens);
    const tasks = signals.map((own, i) => ({ signal: own, halves: contextHalves(scan.contexts[i], texts) }));
    const knowsIoi = generate === 'ioi' || Object.hasOwn(bundledModels, model.name.replace(/@.*/, ''));
    const interpreter: Interpreter =
      client === null
        ? lexicalInterpreter(knowsIoi ? { classes: ioiClasses } : {})
        : endpointInterpreter(client, seed);
    if (client !== null) progress.aside(() => tellPlan(options, tasks));
    const interpreted = await interpretedSignals(tasks, interpreter, (done) =>
      progress.update(0.8 + (0.2 * done) / tasks.length, 'interpreting'),
    );
    const name = client === null ? 'lexical' : (options.llmModel ?? '');
    const pages = out === undefined ? [] : await writeInterpretedPages(out, circuits, interpreted, name);
    progress.stop();
    print(options, { model: model.name, prompts: corpus.length, signals: interpreted, client, pages });
  });
}

async function givenCircuit(file: string): Promise<InterpretedCircuit> {
  return { file, document: await readCircuit(file) };
}

interface Found {
  readonly model: string;
  readonly prompts: number;
  readonly signals: readonly InterpretedSignal[];
  readonly client: ChatClient | null;
  /** Files of pages. */
  readonly pages: readonly string[];
}

function print(options: InterpretOptions, { model, prompts, signals, client, pages }: Found): void {
  const { share, interval } = significantShare(signals);
  const layers = sharesByLayer(signals);
  printResult(options, {
    json: () => ({
      model,
      prompts,
      interpreter:
        client === null
          ? { kind: 'lexical' }
          : {
              kind: 'endpoint',
              url: options.llm,
              model: options.llmModel,
              temperature: options.llmTemperature ?? 0,
              instructions: endpointInstructions,
              ...client.counts,
            },
      signals,
      significantShare: share,
      significantShareInterval: interval,
      layers,
      ...(options.out !== undefined && { pages }),
    }),
    csv: () =>
      signals.map(({ layer, head, side, singularVectors, interpretation, precision, recall, ...rest }) => ({
        layer,
        head,
        side,
        singularVectors: singularVectors.join(' '),
        interpretation,
        precision,
        recall,
        p: rest.p,
        q: rest.q,
        significant: rest.significant,
      })),
    text: () => interpretText(signals, prompts, pages),
  });
}
