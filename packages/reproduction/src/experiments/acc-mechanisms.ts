import { circuitPage, edgeInterpretations } from '@svf-alignment/circuits';
import type { Experiment, Outcome } from '../lab/experiment.ts';
import type { Figure } from '../lab/figure.ts';
import type { Page } from '../lab/page.ts';
import { circuitDiagram } from './circuits/circuitDiagram.ts';
import { shownPart } from './circuits/shownPart.ts';
import { slidesNotRun } from './circuits/slidesNotRun.ts';
import { SHARE } from './families/familyGraph.ts';
import { chosenModels } from './language/chosenModels.ts';
import { judgeCriterion, modelSlug } from './language/criterion.ts';
import { taskInputs } from './language/taskInputs.ts';
import { documentOf, orderText } from './mechanisms/familyMechanism.ts';
import { mechanismCriteria } from './mechanisms/mechanismCriteria.ts';
import {
  type FamilyMechanism,
  type MechanismTask,
  type MechanismValues,
  mechanismTask,
} from './mechanisms/mechanismTask.ts';

const PER_TEMPLATE = { quick: 8, paper: 20 } as const;
const CONTEXTS = 100;
const CONTROLS = 50;
/** Interpretations that a caption tells. */
const TOLD = 3;

/** The averaged circuit of each family, with what its signals say. */
export const accMechanisms: Experiment<MechanismTask> = {
  id: 'acc-mechanisms',
  title: 'Families as mechanisms, with interpretations',
  summary:
    'The circuits of each of the two main families in one graph, on the prompt of its representative: what stands at a token of ' +
    'another prompt is moved to the token that plays the same part, nodes and edges that a fifth of the circuits have are kept, ' +
    'and of these what reaches the answer. The signals of its edges are put into words on half of the prompts and tested on the ' +
    'other half.',
  figures: ['Slides, interpretable signals explain the algorithmic difference'],
  version: 1,
  needsNetwork: false,
  runsLanguageModels: true,
  minutes: { quick: 0.2, paper: 0.3 },

  tasks: (profile, seed, models = []) =>
    chosenModels(models).map((model) => ({
      model,
      revision: null,
      perTemplate: PER_TEMPLATE[profile],
      share: SHARE,
      contexts: CONTEXTS,
      controls: CONTROLS,
      seed,
    })),
  inputs: taskInputs,
  run: mechanismTask,
  claims: (outcomes) => [
    ...outcomes.flatMap((outcome) =>
      mechanismCriteria.map((criterion) =>
        judgeCriterion(criterion, outcome.config.model, valuesOf(outcome)),
      ),
    ),
    ...slidesNotRun(
      'acc-mechanisms',
      mechanismCriteria,
      outcomes.map(({ config }) => config.model),
    ),
  ],
  draw: (outcomes) => eachFamily(outcomes, figureOf),
  pages: (outcomes) => eachFamily(outcomes, pageOf),
};

function valuesOf({ result }: Outcome<MechanismTask>): MechanismValues {
  return result.values as unknown as MechanismValues;
}

function eachFamily<Value>(
  outcomes: readonly Outcome<MechanismTask>[],
  make: (model: string, family: FamilyMechanism, number: number) => Value,
): Value[] {
  return outcomes.flatMap((outcome) =>
    valuesOf(outcome).families.flatMap((family, i) =>
      documentOf(family).edges.length === 0 ? [] : make(outcome.config.model, family, i + 1),
    ),
  );
}

function idOf(model: string, number: number): string {
  return `acc-mechanisms-${modelSlug(model)}-${number}`;
}

function nameOf(family: FamilyMechanism): string {
  return `${family.size} circuits, ${orderText(family)}`;
}

function figureOf(model: string, family: FamilyMechanism, number: number): Figure {
  const document = documentOf(family);
  const texts = edgeInterpretations(document, family.signals);
  const told = document.edges
    .map(({ to: [layer, head], type, weight }, i) => ({ layer, head, type, weight, text: texts[i] }))
    .filter(({ text }) => text !== null)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map(
      ({ layer, head, type, text }) => `${layer}.${head} by its ${type === 'd' ? 'query' : 'key'}: ${text}`,
    );
  return {
    id: idOf(model, number),
    title: `${model}, family ${number} (${nameOf(family)}): ${document.prompt} …`,
    caption:
      `What ${Math.round(100 * (document.averaged?.share ?? 0))} % of its circuits have, on the prompt of its representative. ` +
      `Lines are read by queries, dashed ones by keys.${shownPart(document)} What heads read, strongest first: ` +
      `${[...new Set(told)].slice(0, TOLD).join('; ') || 'nothing significant'}.`,
    specification: circuitDiagram(document),
  };
}

function pageOf(model: string, family: FamilyMechanism, number: number): Page {
  const document = documentOf(family);
  const significant = family.signals.filter((signal) => signal.significant).length;
  return {
    id: idOf(model, number),
    title: `The averaged circuit with interpretations: ${model}, family ${number} (${nameOf(family)})`,
    html: circuitPage(document, {
      interpretations: edgeInterpretations(document, family.signals),
      facts: [
        [
          'Interpretations',
          `${significant} of ${family.signals.length} signals, lexical, tested on held-out contexts`,
        ],
      ],
    }),
  };
}
