import {
  type CircuitDocument,
  circuitFamilies,
  contextHalves,
  lexicalInterpreter,
  type PromptContext,
  randomSignal,
  type Signal,
  type UsedSignal,
  UsedSignals,
} from '@svf-alignment/circuits';
import { randomStream } from '@svf-alignment/core';
import type { TaskContext } from '../../lab/experiment.ts';
import type { JsonObject, Result } from '../../lab/result.ts';
import { tracePrompts } from '../circuits/tracePrompt.ts';
import { familyGraph } from '../families/familyGraph.ts';
import { type FamilyPair, familyPair } from '../families/familyPair.ts';
import { familyPrompts } from '../families/familyPrompt.ts';
import { traceAll } from '../families/traceAll.ts';
import { distinctPrompts } from '../interpret/distinctPrompts.ts';
import { type InterpretedSignal, interpretedSignals } from '../interpret/interpretedSignals.ts';
import { ioiClasses } from '../interpret/ioiClasses.ts';
import { scanCorpus } from '../interpret/scanCorpus.ts';
import type { RunSettings } from '../language/languageTask.ts';
import { withTaskModel } from '../language/withTaskModel.ts';

/** Averaged circuits of a model's families with what their signals say, as plain data. */
export type MechanismTask = {
  /** As `openModel` takes it. */
  readonly model: string;
  readonly revision: null;
  /** Prompts of each template in each order. */
  readonly perTemplate: number;
  /** Of a family's circuits, in how many a node or an edge must occur. */
  readonly share: number;
  /** How many of the strongest contexts of each signal, and as many random ones. */
  readonly contexts: number;
  /** Random signals of the same head and side that are drawn beside each signal; of the same ones one is left. */
  readonly controls: number;
  /** Of the prompts and of all random draws. */
  readonly seed: number;
  readonly settings?: RunSettings;
};

/** What `values` of a result holds. */
export type MechanismValues = {
  /** The two main families, the larger one first; none where no cut gives two of some size. */
  readonly families: readonly FamilyMechanism[];
};

export type FamilyMechanism = {
  readonly size: number;
  /** Share of its prompts with order ABBA. */
  readonly abba: number;
  /** Label of the indirect object in the representative's prompt. */
  readonly indirectObject: string;
  /** The averaged circuit, a `CircuitDocument` as JSON. */
  readonly document: string;
  /** Of its edges. */
  readonly signals: readonly ControlledSignal[];
};

export type ControlledSignal = InterpretedSignal & {
  /** What is said of random signals of the same head and side; they are judged among each other. */
  readonly controls: readonly Pick<InterpretedSignal, 'interpretation' | 'significant'>[];
};

/**
 * Traces, groups, averages the two main families, and puts the signals of the averages into words: `MechanismValues`. The
 * corpus is that of the traced prompts, of both families. Goes on after the last circuit that was kept.
 */
export async function mechanismTask(task: MechanismTask, context: TaskContext): Promise<Result> {
  return withTaskModel(task, context, async (opened, onProgress) => {
    const { seed, settings, share, contexts, controls } = task;
    const traced = familyPrompts(opened.model, { ...task, bos: settings?.bos });
    const prompts = tracePrompts({ texts: traced }, opened.model, { seed, bos: settings?.bos });
    const { tracer, documents } = await traceAll(opened, prompts, seed, {
      ...context,
      onProgress: (fraction) => onProgress(0.6 * fraction),
    });
    const families = circuitFamilies(documents, traced, { cut: { clusters: 1 } });

    const mechanisms = async ({ families: pair }: FamilyPair): Promise<FamilyMechanism[]> => {
      const graphs = pair.map((family) => familyGraph(documents, traced, family, share));
      const bases = pair.map(({ representative }) => prompts[representative]);
      const signals: UsedSignal[][] = [];
      for await (const own of tracer.contexts(bases, { signal: context.signal })) {
        signals.push(edgeSignals(own, graphs[signals.length]));
      }
      const corpus = distinctPrompts(prompts);
      const own = signals.flat();
      const stream = randomStream(seed, 'mechanisms/random-signals');
      const random = own.map((one) =>
        distinctSignals(Array.from({ length: controls }, () => randomSignal(tracer.model, one, stream))),
      );
      const scan = await scanCorpus(tracer, corpus, [...own, ...random.flat()], {
        contexts,
        seed,
        run: { signal: context.signal },
        onPrompt: (done) => onProgress(0.6 + (0.35 * done) / corpus.length),
      });
      const tokens = corpus.map((prompt) => prompt.tokens);
      const tasks = [...own, ...random.flat()].map((one, i) => ({
        signal: one,
        halves: contextHalves(scan.contexts[i], tokens),
      }));
      const interpreter = lexicalInterpreter({ classes: ioiClasses });
      // All signals of a model are judged together, whichever family they are of.
      const interpreted = await interpretedSignals(tasks.slice(0, own.length), interpreter);
      const drawn = await interpretedSignals(tasks.slice(own.length), interpreter);
      let next = 0;
      const controlled = interpreted.map((signal, i) => {
        const beside = drawn.slice(next, next + random[i].length);
        next += random[i].length;
        return {
          ...signal,
          controls: beside.map(({ interpretation, significant }) => ({ interpretation, significant })),
        };
      });
      return pair.map(({ members, representative }, i) => {
        const first = i === 0 ? 0 : signals[0].length;
        return {
          size: members.length,
          abba: members.filter((member) => traced[member].order === 'ABBA').length / members.length,
          indirectObject: documents[representative].tokens[traced[representative].roles.IO].label,
          document: JSON.stringify(graphs[i]),
          signals: controlled.slice(first, first + signals[i].length),
        };
      });
    };
    const pair = familyPair(families, documents);
    const values: MechanismValues = { families: pair === null ? [] : await mechanisms(pair) };
    return { values: values as unknown as JsonObject, tensors: {} };
  });
}

/** A single singular vector is the same signal with either sign, and there are few of them. */
function distinctSignals(signals: readonly Signal[]): Signal[] {
  const known = new Map<string, Signal>();
  for (const signal of signals) {
    const { singularVectors, coefficients } = signal;
    known.set(JSON.stringify(singularVectors.length === 1 ? singularVectors : coefficients), signal);
  }
  return [...known.values()];
}

function edgeSignals(prompt: PromptContext, document: CircuitDocument): UsedSignal[] {
  const signals = new UsedSignals();
  signals.add(prompt, document);
  return signals.mostUsed(document.edges.length);
}
