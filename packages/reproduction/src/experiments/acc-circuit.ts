import { type CircuitDocument, circuitPage } from '@svf-alignment/circuits';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import type { Page } from '../lab/page.ts';
import { circuitDiagram } from './circuits/circuitDiagram.ts';
import { type Lacking, orLacking } from './circuits/lackingWords.ts';
import { pathName } from './circuits/nodeName.ts';
import {
  type PromptCircuit,
  type PromptCircuitView,
  pathToName,
  promptCircuitCriteria,
} from './circuits/promptCircuitCriteria.ts';
import { shownPart } from './circuits/shownPart.ts';
import { slidesNotRun } from './circuits/slidesNotRun.ts';
import type { TraceText } from './circuits/tracePrompt.ts';
import { type TraceTask, type TraceValues, traceTask } from './circuits/traceTask.ts';
import { chosenModels } from './language/chosenModels.ts';
import { judgeCriterion, modelSlug } from './language/criterion.ts';
import { paperPrompt } from './language/paperPrompt.ts';
import { taskInputs } from './language/taskInputs.ts';

const ORDERS = ['ABBA', 'BABA'] as const;

/** The circuit of the paper's prompt, with the receiver named first and with the giver named first. */
export const accCircuit: Experiment<TraceTask> = {
  id: 'acc-circuit',
  title: 'One prompt, from its answer back to the embeddings',
  summary:
    "The paper's prompt in both orders of its names, traced by ACC++ from the logit of the answer (small models reach most of " +
    'its probability by MLPs alone, and then there is no head to trace): which heads write it, why each attends where it ' +
    'does, and who wrote what they read. One forward pass, no counterfactual prompt.',
  figures: ['Slides, "Tracing per-prompt circuits by applying ACC++ recursively"'],
  version: 2,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.1, paper: 0.1 },

  tasks: (_profile, seed, models = []) =>
    chosenModels(models).map((model) => ({
      model,
      revision: null,
      prompts: { texts: ORDERS.map(textOf) },
      objective: { seeding: 'linear', targets: 'answer', wrong: null },
      threshold: 'dynamic',
      interventions: 0,
      seed,
    })),
  inputs: taskInputs,
  run: (task, context) => orLacking(() => traceTask(task, context)),

  claims: (outcomes) => [
    ...outcomes.flatMap((outcome) =>
      promptCircuitCriteria.map((criterion) =>
        judgeCriterion(criterion, outcome.config.model, viewOf(outcome)),
      ),
    ),
    ...slidesNotRun(
      'acc-circuit',
      promptCircuitCriteria,
      outcomes.map(({ config }) => config.model),
    ),
  ],

  draw: (outcomes) => eachCircuit(outcomes, figureOf),
  pages: (outcomes) => eachCircuit(outcomes, pageOf),
};

/** ABBA: the receiver, whose name is the answer, is named first; BABA: the giver. */
function textOf(order: (typeof ORDERS)[number]): TraceText {
  const { text, answer, wrong } = paperPrompt;
  const [giver, receiver] = [` ${wrong} and ${answer} `, ` ${answer} and ${wrong} `];
  return {
    text: order === 'BABA' ? text : text.replace(giver, receiver),
    // With a blank: that is how a name comes next. No contrast: the circuit is that of the answer alone.
    answers: [` ${answer}`],
    wrong: null,
  };
}

function viewOf({ result }: Outcome<TraceTask>): PromptCircuitView {
  const values = result.values as unknown as TraceValues | Lacking;
  if ('lacking' in values) return values;
  return {
    circuits: values.prompts.map(({ document, right }, i) => ({
      order: ORDERS[i],
      document: JSON.parse(document) as CircuitDocument,
      right: right === true,
    })),
  };
}

function eachCircuit<Value>(
  outcomes: readonly Outcome<TraceTask>[],
  make: (model: string, circuit: PromptCircuit) => Value,
): Value[] {
  return outcomes.flatMap((outcome) => {
    const view = viewOf(outcome);
    const circuits = 'circuits' in view ? view.circuits : [];
    return circuits
      .filter(({ document }) => document.edges.length > 0)
      .map((circuit) => make(outcome.config.model, circuit));
  });
}

function idOf(model: string, { order }: PromptCircuit): string {
  return `acc-circuit-${modelSlug(model)}-${order.toLowerCase()}`;
}

function figureOf(model: string, circuit: PromptCircuit): Figure {
  const { document, order } = circuit;
  const path = pathToName(document);
  return {
    id: idOf(model, circuit),
    title: `${model}, ${order}: ${document.prompt} …`,
    caption:
      'Tokens from left to right, layers from bottom to top; a head stands at the token that attends, and names the token ' +
      `that it attends to. Lines are read by its query, dashed ones by its key.${shownPart(document)}` +
      (path === null ? '' : ` From the answer back to the name: ${pathName(path)}.`),
    specification: circuitDiagram(document),
  };
}

function pageOf(model: string, circuit: PromptCircuit): Page {
  const { document, order } = circuit;
  return {
    id: idOf(model, circuit),
    title: `The whole circuit, to be searched and followed: ${model}, ${order}`,
    html: circuitPage(document),
  };
}
